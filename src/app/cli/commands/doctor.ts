import { HubError } from '../../../domain/errors.ts'
import { diagnosticBundle } from '../../bundle.ts'
import type { Finding } from '../../doctor/finding.ts'
import { judge } from '../../doctor/judge.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { writeNewFile } from '../new-file.ts'

export const doctor: Handler<{ readonly bundle?: string }> = async (cli, _args, { bundle }) => {
  if (bundle !== undefined) return writeBundle(cli, bundle)
  // Faults of the environment are told as everywhere: all at once, before anything else.
  const facts = await cli.ports.diagnose(cli.settings())
  const findings = judge(facts)
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length
  const ok = count('fail') === 0
  cli.answer({ ok, findings }, () =>
    [
      ...findings.map((one) => line(cli, one)),
      '',
      ok
        ? cli.t(
            `Không có lỗi; ${count('warn')} điều cần chú ý.`,
            `No fault; ${count('warn')} things to look after.`,
          )
        : cli.t(
            `${count('fail')} lỗi, ${count('warn')} điều cần chú ý.`,
            `${count('fail')} faults, ${count('warn')} things to look after.`,
          ),
    ].join('\n'),
  )
  return ok ? exitCodes.ok : exitCodes.fault
}

/** Without its store the hub cannot be opened: then what the doctor finds is all there is, and worth the more. */
async function writeBundle(cli: Cli, path: string): Promise<ExitCode> {
  const bundle = await cli
    .withHub(async (hub) => {
      const made = await diagnosticBundle(hub, cli.now())
      const note = { action: 'bundle.exported', object: 'bundle', detail: '' }
      await hub.audit.note({ actor: cli.actor, ...note })
      return made
    })
    .catch(async (error: unknown) => {
      if (!(error instanceof HubError) || error.code !== 'store-unavailable') throw error
      const findings = judge(await cli.ports.diagnose(cli.settings()))
      return { madeAt: cli.now().toISOString(), about: null, findings }
    })
  await writeNewFile(path, [`${JSON.stringify(bundle, null, 2)}\n`])
  cli.answer({ to: path }, () => cli.t(`Đã ghi ${path}.`, `Written: ${path}.`))
  return exitCodes.ok
}

function line(cli: Cli, { state, title, found, next }: Finding): string {
  const { style } = cli
  const sign = {
    ok: style.good('✓'),
    warn: style.warn('!'),
    fail: style.bad('✗'),
    skip: style.dim('–'),
  }
  const todo = next ? `\n    ${style.dim('→')} ${cli.say(next)}` : ''
  return `${sign[state]} ${cli.say(title)}: ${cli.say(found)}${todo}`
}
