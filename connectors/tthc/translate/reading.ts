/** Reading a record so that all its faults are found, not just the first. */
import { ConnectorError, type Fault, permanent } from '../../../src/connector/index.ts'

export interface Reading {
  /** What `act` returns; undefined when it throws a ConnectorError, whose faults are kept. */
  take<T>(act: () => T): T | undefined
  /** Notes a fault and returns undefined. */
  fault(pointer: string, rule: string, vi: string, en: string): undefined
  /** Throws `mapping-failed` with everything that was noted, if anything was. */
  finish(): void
}

export function createReading(): Reading {
  const faults: Fault[] = []
  return {
    take(act) {
      try {
        return act()
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        faults.push(...faultsOf(error))
        return undefined
      }
    },
    fault(pointer, rule, vi, en) {
      faults.push({ pointer, rule, vi, en })
      return undefined
    },
    finish() {
      if (faults.length > 0) throw permanent('mapping-failed', { faults })
    },
  }
}

function faultsOf(error: ConnectorError): readonly Fault[] {
  if (error.faults.length > 0) return error.faults
  const { vi, en } = error.detail ?? { vi: error.code, en: error.code }
  return [{ pointer: '', rule: error.code, vi, en }]
}

/** The text, or undefined where there is nothing but space: old software writes "" for "none". */
export const present = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text

/** A member only where there is a value. */
export const optional = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [key in Name]: Value })

/** The newest of these times; all must be written in one form and one offset. */
export const newest = (times: readonly (string | undefined)[]): string | undefined =>
  times.reduce((latest, time) => (time && (!latest || time > latest) ? time : latest), undefined)

/**
 * The same document without the members that are null: software of the second generation writes
 * null, "" or nothing for "none", sometimes all three in one record. Nothing else is changed.
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  )
}
