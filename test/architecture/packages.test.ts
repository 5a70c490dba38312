import { describe, expect, it } from 'vitest'
import { textOf } from './files.ts'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly engines?: { readonly node?: string }
}
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  textOf('package-lock.json'),
)

const numbers = (version: string): number[] => version.split('-')[0]?.split('.').map(Number) ?? []

function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [numbers(version), numbers(floor)]
  const at = want.findIndex((number, index) => number !== have[index])
  return at < 0 || (have[at] ?? 0) > (want[at] ?? 0)
}

describe('packages', () => {
  // Below these: wake-ups on PostgreSQL are missing (bullmq), known weaknesses (axios, ajv), code that breaks out
  // of an expression (jsonata).
  const floors = {
    bullmq: '6.7.0',
    axios: '1.16.0',
    ajv: '8.18.0',
    typescript: '5.8.0',
    jsonata: '2.2.1',
  }

  it.each(Object.entries(floors))('%s is locked at %s or newer', (name, floor) => {
    const version = lock.packages[`node_modules/${name}`]?.version ?? '0.0.0'
    expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true)
  })

  it('are compared as versions, not as texts', () => {
    expect(isAtLeast('6.10.0', '6.7.0')).toBe(true)
    expect(isAtLeast('6.6.9', '6.7.0')).toBe(false)
    expect(isAtLeast('5.9.0', '6.7.0')).toBe(false)
  })

  it('are locked without the address of a registry, so that any mirror serves', () => {
    const addressed = Object.entries(lock.packages).filter(([, { resolved }]) => resolved)
    expect(addressed.map(([name]) => name)).toEqual([])
  })

  it('that run in production do not refuse Node 20', () => {
    const tooNew = Object.entries(lock.packages).filter(([, { dev, engines }]) => {
      const node = engines?.node ?? ''
      return !dev && /^(>=|\^)\s*2[1-9]/.test(node) && !node.includes('||')
    })
    expect(tooNew.map(([name]) => name)).toEqual([])
  })
})
