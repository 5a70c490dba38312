import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { problemsDocument } from '../../scripts/generate-problems.ts'
import { systemsDocument } from '../../scripts/generate-systems.ts'
import { settingsTable } from '../../src/app/settings.ts'
import { errorTable } from '../../src/domain/errors.ts'
import { createCliWorld, hub } from '../support/cli.ts'
import { projectFiles, root, textOf } from './files.ts'

const documents = projectFiles().filter((path) => path.endsWith('.md'))
const speaking = [
  ...documents,
  ...projectFiles().filter((path) => /^(config|deploy)\/.*\.yaml$/.test(path)),
  'src/domain/errors.ts',
]

interface Call {
  readonly where: string
  readonly words: readonly string[]
}

/** Every call of `hub` in a document: `hub …` in backticks, or a line that runs bin/hub.js. */
function hubCalls(path: string): Call[] {
  const spans =
    /`hub ([^`]+)`|bin\/hub\.js ([^`&#\n]+)|^#\s+hub ([a-z][^#\n]*)|(?:Chạy|Run) hub ([a-z ]+?) (?:và|and)/gm
  return [...textOf(path).matchAll(spans)].map((match) => {
    const call = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').split(/ {3,}/)[0] ?? ''
    return { where: `${path}: hub ${call.trim()}`, words: call.trim().split(/\s+/) }
  })
}

/** What is wrong with a documented call; undefined when the command and its options exist. */
async function faultOf({ where, words }: Call): Promise<string | undefined> {
  const name = words.slice(0, 2).filter((word) => /^[a-z][a-z-]*$/.test(word))
  if (name.length === 0) return undefined
  const { out } = await hub(createCliWorld(), `${name.join(' ')} --help --lang en`)
  const usage = /^Usage: hub (.*)$/m.exec(out)?.[1] ?? ''
  if (!`${usage} `.startsWith(`${name.join(' ')} `)) return where
  const options = words.map((word) => /^(--[a-z-]+)/.exec(word)?.[1]).filter((word) => word)
  return options.every((option) => out.includes(`${option} `)) ? undefined : where
}

describe('documents', () => {
  it('problems.md has a row for every error code, and no other row', () => {
    const rows = [...textOf('docs/problems.md').matchAll(/<a id="([a-z-]+)"><\/a>`([a-z-]+)`/g)]
    expect(rows.map((row) => row[1]).sort()).toEqual(Object.keys(errorTable).sort())
    expect(rows.filter((row) => row[1] !== row[2])).toEqual([])
  })

  it('problems.md is what the table says (npm run generate)', () => {
    expect(textOf('docs/problems.md')).toBe(problemsDocument())
  })

  it('systems.md is what the manifests say, and names tests that exist (npm run generate)', () => {
    expect(textOf('docs/systems.md')).toBe(systemsDocument())
  })

  it('systems.md lists every sector example as invented, with a test that runs it', () => {
    const sectors = ['giao-duc', 'nong-nghiep', 'y-te']
    for (const id of sectors) {
      const row = textOf('docs/systems.md')
        .split('\n')
        .find((line) => line.startsWith(`| [${id}](../config/examples/${id}/README.md)`))
      expect(row, id).toMatch(/ → ← \? .*tự đặt \/ invented.*ví dụ cấu hình \/ example/)
      const [proof] = /test\/e2e\/[a-z-]+\.test\.ts/.exec(row ?? '') ?? []
      expect(textOf(proof ?? '')).toContain(`'${id}'`)
      expect(textOf(`config/examples/${id}/README.md`)).toContain('Hợp đồng này là bịa')
    }
  })

  it('settings.md has a row for every setting, and no other row', () => {
    const rows = [...textOf('docs/settings.md').matchAll(/^\| `(HUB_[A-Z0-9_]+)` \|/gm)]
    const names = Object.values(settingsTable).map(({ name }) => name)
    expect(rows.map((row) => row[1]).sort()).toEqual([...names].sort())
  })

  it('name only settings that exist', () => {
    const known = new Set<string>(Object.values(settingsTable).map(({ name }) => name))
    const unknown = [...documents, 'Dockerfile', 'deploy/compose.yaml'].flatMap((path) =>
      [...textOf(path).matchAll(/\bHUB_[A-Z]+(?:_[A-Z0-9]+)*\b(?!_)/g)]
        .map((match) => match[0])
        .filter((name) => !known.has(name) && !name.startsWith('HUB_SECRET_'))
        .map((name) => `${path}: ${name}`),
    )
    expect(unknown).toEqual([])
  })

  it('call only commands and options of `hub` that exist', async () => {
    const calls = speaking.flatMap(hubCalls)
    expect(calls.length).toBeGreaterThan(40)
    const faults: string[] = []
    for (const call of calls) {
      const fault = await faultOf(call)
      if (fault) faults.push(fault)
    }
    expect(faults).toEqual([])
  })

  it('a command that does not exist is noticed', async () => {
    const call = (text: string) => faultOf({ where: text, words: text.split(' ') })
    expect(await call('deliveries redrive 1842.3 --reason x')).toBeUndefined()
    expect(await call('deliveries resend 1842.3')).toBe('deliveries resend 1842.3')
    expect(await call('deliveries redrive --because x')).toBe('deliveries redrive --because x')
    expect(await call('begin')).toBe('begin')
  })

  it('run only npm scripts that exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(textOf('package.json'))
    const unknown = [...documents, '.ci/run', 'package.json'].flatMap((path) =>
      [...textOf(path).matchAll(/npm run (?:--silent )?([a-z:]+)/g)]
        .filter((match) => !Object.hasOwn(scripts, match[1] ?? ''))
        .map((match) => `${path}: ${match[0]}`),
    )
    expect(unknown).toEqual([])
  })

  it('link only to what exists', () => {
    const broken = documents.flatMap((path) =>
      [...textOf(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .filter((match) => !existsSync(join(root, dirname(path), match[1] ?? '')))
        .map((match) => `${path}: ${match[1]}`),
    )
    expect(broken).toEqual([])
  })
})
