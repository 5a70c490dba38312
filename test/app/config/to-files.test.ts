import { describe, expect, it } from 'vitest'
import { readConfigFiles } from '../../../src/app/config/read-files.ts'
import { toFiles } from '../../../src/app/config/to-files.ts'
import type { Configuration } from '../../../src/domain/configuration.ts'
import { testLaw } from '../../support/config-law.ts'
import { makeFolder } from '../../support/folder.ts'
import { soundFiles } from './sound-files.ts'

function readAgain(files: Readonly<Record<string, string>>): Configuration {
  const reading = readConfigFiles(makeFolder(files), testLaw)
  expect(reading).toMatchObject({ ok: true })
  if (!reading.ok) throw new Error('the files have faults')
  return reading.configuration
}

describe('to-files', () => {
  it('writes files that read as the same configuration', () => {
    const once = readAgain({
      ...soundFiles,
      'systems/kho.yaml': `id: kho
title: { vi: "Kho: số 1 #2", en: "yes" }
connector: registrar
options: { address: "http://10.99.0.13:8080/a?b=c&d=*" }
ratePerSecond: 2.5
retry: { stepsSeconds: [1], giveUpAfterHours: 0.5 }
circuit: { share: 0.9 }
maintenance:
  - kind: once
    from: 2026-01-10T22:00:00+07:00
    to: 2026-01-11T02:00:00+07:00
    reason: "null"
`,
      'codes/kho.csv':
        'canonical,remote,valid_from,valid_to\n"a,b","x ""y""",2025-01-01,\n001,0101234567,,\n',
    })
    expect(readAgain(Object.fromEntries(toFiles(once)))).toEqual(once)
  })

  it('writes what came back from a store that reorders keys and drops undefined', () => {
    const configuration = readAgain(soundFiles)
    const stored = JSON.parse(JSON.stringify(configuration), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort())
        : value,
    ) as Configuration
    expect(toFiles(stored)).toEqual(toFiles(configuration))
  })

  it('begins every YAML file with the schema that editors use', () => {
    for (const [file, text] of toFiles(readAgain(soundFiles)))
      if (file.endsWith('.yaml'))
        expect(text).toMatch(
          /^# yaml-language-server: \$schema=(\.\.\/)+schemas\/hub\/\w+\/v1\.schema\.json\n/,
        )
  })
})
