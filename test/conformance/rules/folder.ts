/** What can be said about a connector without sending anything. */
import assert from 'node:assert/strict'
import { type SimulatorMode, sameText } from '../../../src/connector/index.ts'
import { onStand, operationOf, optionsFor } from '../stand.ts'
import type { Subject } from '../subject.ts'
import type { Rule } from './rule.ts'

/** Any system can show these; one that does not speak HTTP, in the words of its own protocol. */
const commonModes: readonly SimulatorMode[] = [
  'slow',
  'timeout-before',
  'timeout-after',
  'refuse',
  'busy',
  'html-200',
  'half-body',
  'server-error',
  'reset-before',
]

const readme: Rule = {
  name: 'readme',
  title: 'has a README that names the system, the access needed and the limits',
  async check({ readme, manifest }) {
    assert.notEqual(readme.trim(), '', 'README.md is missing')
    const lines = readme.split('\n')
    const names = [manifest.title.vi, manifest.title.en]
    const isNamed = names.some((name) => lines.some((line) => contains(line, name)))
    assert(isNamed, `README.md does not name the system: ${names.join(' / ')}`)
    const headings = lines.filter((line) => /^#+ /.test(line))
    assert(
      headings.some((line) => /access|quyền truy cập/i.test(line.normalize('NFC'))),
      'README.md has no heading "Access" or "Quyền truy cập"',
    )
    assert(
      headings.some((line) => /limit|giới hạn/i.test(line.normalize('NFC'))),
      'README.md has no heading "Limits" or "Giới hạn"',
    )
  },
}

const contains = (line: string, name: string): boolean => {
  const words = line.split(/[#*_`|()[\]:]/)
  return words.some((part) => sameText(part, name)) || line.includes(name)
}

/** What a simulator's address looks like is its own affair: not every system speaks HTTP. */
async function addressOf({ createSimulator }: Subject): Promise<string> {
  const simulator = await createSimulator({ port: 0 })
  await simulator.stop()
  return simulator.address
}

const options: Rule = {
  name: 'options',
  title: 'takes its own examples, and neither unknown nor missing options',
  async check(subject) {
    const { manifest, registry } = subject
    const address = await addressOf(subject)
    const faultsOf = (value: unknown) => registry.validateAgainst(manifest.options, value)
    const good = optionsFor(subject, address, 0)
    assert.deepEqual(faultsOf(good), [], 'options.examples[0] does not fit its own schema')
    const unknown = faultsOf({ ...good, khongCo: 1 })
    assert.deepEqual(
      unknown.map((fault) => fault.pointer),
      ['/khongCo'],
      'an unknown option is not rejected',
    )
    const required = (manifest.options.required ?? []) as readonly string[]
    for (const name of required) {
      const { [name]: _, ...rest } = good
      assert(faultsOf(rest).length > 0, `options do not need ${name}`)
    }
    const second = optionsFor(subject, address, 1)
    assert.deepEqual(faultsOf(second), [], 'options.examples[1] does not fit the schema')
  },
}

const parts: Rule = {
  name: 'parts',
  title: 'has the parts that its manifest promises',
  check: (subject) =>
    onStand(subject, {}, async ({ connector }) => {
      const { operations, pulls = [], lookups = [], doors = false } = subject.manifest
      for (const { name, repeat, batch } of operations) {
        assert(batch ? connector.sendBatch : connector.send, `${name}: nothing sends it`)
        if (repeat === 'ask') assert(connector.confirm, `${name}: repeat is ask without confirm`)
      }
      assert.equal(connector.pull !== undefined, pulls.length > 0, 'pull and manifest.pulls differ')
      assert.equal(connector.lookup !== undefined, lookups.length > 0, 'lookup and manifest differ')
      assert.equal((connector.doors ?? []).length > 0, doors, 'doors and manifest.doors differ')
      const paths = (connector.doors ?? []).map(({ method, path }) => `${method} ${path}`)
      assert.equal(new Set(paths).size, paths.length, 'two doors have the same method and path')
      for (const { path, maxBytes, title } of connector.doors ?? []) {
        assert(path.startsWith('/'), `the door ${path} must begin with /`)
        assert(maxBytes > 0, `the door ${path} takes no bytes`)
        assert(title.vi && title.en, `the door ${path} has no title`)
      }
    }),
}

const fixtures: Rule = {
  name: 'fixtures',
  title: 'brings a pair of fixtures for every operation, valid by the canonical schema',
  async check(subject) {
    for (const sample of subject.cases) {
      assert(sample.remote.length > 0, `fixtures/${sample.name}.remote.json is missing or empty`)
      for (const message of sample.messages) assertFits(subject, sample.name, message)
    }
    const covered = new Set(subject.cases.map((sample) => operationOf(subject, sample).name))
    for (const { name } of subject.manifest.operations)
      assert(covered.has(name), `there is no fixture for the operation ${name}`)
    if ((subject.manifest.pulls ?? []).length > 0)
      assert(subject.state, 'the manifest declares pulls, but fixtures/state.json is missing')
    const asked = new Set(subject.lookups.map(({ question }) => question.operation))
    for (const { name } of subject.manifest.lookups ?? [])
      assert(asked.has(name), `there is no fixture for the lookup ${name}`)
    if (subject.lookups.length > 0)
      assert(
        subject.lookups.some(({ answer }) => answer === null),
        'there is no fixture for a lookup that finds nothing',
      )
    for (const { name, fields, citizen, parameters } of subject.manifest.lookups ?? [])
      for (const { question } of subject.lookups.filter((one) => one.question.operation === name)) {
        assert.deepEqual(subject.registry.validateAgainst(parameters, question.parameters), [])
        for (const field of question.fields)
          assert(fields.includes(field), `${name}: ${field} is not in its fields`)
        if (citizen !== undefined)
          assert(question.parameters[citizen], `${name}: a fixture lacks the citizen`)
      }
  },
}

/** Fails unless the data fits the schema of its message type. */
export function assertFits(
  { registry }: Subject,
  where: string,
  { type, data }: { readonly type: string; readonly data: unknown },
): void {
  const faults = registry.validateMessage(type, data)
  assert(faults, `${where}: the message type ${type} has no schema`)
  assert.deepEqual(faults, [], `${where}: the data does not fit ${type}`)
}

const modes: Rule = {
  name: 'modes',
  title: 'has a simulator that can misbehave in the common ways',
  check: (subject) =>
    onStand(subject, {}, async ({ simulator }) => {
      const missing = commonModes.filter((mode) => !simulator.modes.includes(mode))
      assert.deepEqual(missing, [], 'the simulator lacks modes')
    }),
}

export const folderRules: readonly Rule[] = [readme, options, parts, fixtures, modes]
