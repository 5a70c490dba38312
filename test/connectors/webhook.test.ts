import { describe, expect, it } from 'vitest'
import { openLaw } from '../../src/app/compose/law.ts'
import { operationFor } from '../../src/connector/manifest.ts'
import { loadedManifest } from '../support/manifest.ts'

describe('webhook', () => {
  it('takes every message type that schemas/ declares, and those of a province', async () => {
    const manifest = await loadedManifest('webhook')
    const { messageTypes } = await openLaw(undefined)
    expect(messageTypes.length).toBeGreaterThan(30)
    for (const type of [...messageTypes, 'vn.h99.own.happened.v1'])
      expect(operationFor(manifest, type)?.name, type).toBe('notify')
  })

  it('leaves a type to the operation that names it, wherever that stands', async () => {
    const manifest = await loadedManifest('webhook')
    const [all] = manifest.operations
    if (!all) throw new Error('no operation')
    const other = { ...all, name: 'own', types: ['vn.h99.own.happened.v1'] }
    const both = { ...manifest, operations: [all, other] }
    expect(operationFor(both, 'vn.h99.own.happened.v1')?.name).toBe('own')
    expect(operationFor(both, 'vn.h99.other.v1')?.name).toBe('notify')
  })
})
