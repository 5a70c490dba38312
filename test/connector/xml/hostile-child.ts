/** Reads every hostile document in a process of its own, and says by how much each made it grow at most. */
import { readFileSync, writeFileSync } from 'node:fs'
import { readXml } from '../../../src/connector/xml/index.ts'
import { hostile } from './hostile.ts'

export interface Cost {
  readonly name: string
  readonly bytes: number
}

const status = (name: string): number => {
  const text = readFileSync('/proc/self/status', 'utf8')
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)?.[1]) * 1024
}

const costs = hostile.map(([name, make]): Cost => {
  const document = make()
  const bytes = typeof document === 'string' ? Buffer.from(document) : document
  // The peak begins anew here.
  writeFileSync('/proc/self/clear_refs', '5')
  const before = status('VmRSS')
  try {
    readXml(bytes)
    return { name, bytes: Number.POSITIVE_INFINITY }
  } catch {
    return { name, bytes: status('VmHWM') - before }
  }
})
process.send?.(costs)
