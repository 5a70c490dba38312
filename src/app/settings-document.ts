import { secretPrefix, settingsTable } from './settings.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** `docs/settings.md`, from the table that is read at the start: it cannot say anything else. */
export function settingsDocument(): string {
  const rows = Object.values(settingsTable).map(({ name, form, otherwise, what }) => {
    const both = (words: { vi: string; en: string }) =>
      words.vi === words.en ? `\`${cell(words.vi)}\`` : cell(`${words.vi} / ${words.en}`)
    return `| \`${name}\` | ${cell(what.vi)}<br>${cell(what.en)} | ${both(form.expects)} | ${both(otherwise.words)} |`
  })
  return `# Process settings

<!-- Written from src/app/settings.ts; test/app/settings.test.ts keeps it true (vitest -u writes it anew). -->

One process of the hub is set up by its environment. What operators decide about systems and jobs is not here
but in the configuration files (\`config/\`, see \`hub config\`).

- A missing or wrong setting stops the start, and every fault is named at once.
- A \`HUB_\` variable that is not in this table is a fault too: a misspelt name would otherwise be passed over.
- An empty variable counts as not set.
- Names that begin with \`${secretPrefix}\` are free: configuration files refer to them (\`env:${secretPrefix}DVCQG_PASSWORD\`).
- No message repeats the value it complains about.

| Name | What it is | May be | When not set |
|---|---|---|---|
${rows.join('\n')}

## Exit codes of \`hub\`

| Code | Meaning |
|---|---|
| 0 | Done; every check is well. |
| 1 | A check has found a fault: configuration, settings, audit chain, conservation, doctor. |
| 2 | The command was not called right, or was not confirmed. |
| 3 | The hub, its database or its Redis cannot be reached. |
| 4 | The hub has refused: not found, wrong state, somebody was faster, no right to a file. |
| 70 | A fault of the software. |
`
}
