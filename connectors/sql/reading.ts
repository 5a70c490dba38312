/** What all drivers have in common. */
import { permanent, type Words } from '../../src/connector/index.ts'

/** Of one answer, in characters: rows that are larger want smaller pages. */
const most = 32 * 1024 * 1024

/** Of a cell, whatever becomes of it. */
export const sizeOf = (value: unknown): number =>
  typeof value === 'string' || value instanceof Uint8Array ? value.length : 0

/** Counts what is read; throws `answer-too-large` before it fills the memory. */
export function createBudget(): (size: number) => void {
  let read = 0
  return (size) => {
    read += size
    if (read > most) throw permanent('answer-too-large')
  }
}

const farewellMs = 1_000

/** A server may take its time to say goodbye, but not ours. */
export async function farewell(goodbye: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, farewellMs)
  })
  await Promise.race([goodbye.catch(() => undefined), enough])
  clearTimeout(timer)
}

/** What the connection test says of rights that a reader does not need. */
export const rightsBeyond = (found: readonly string[]): Words | undefined =>
  found.length === 0
    ? undefined
    : {
        vi: `Tài khoản không chỉ đọc: ${found.join('; ')}. Hãy thu các quyền này.`,
        en: `The account may do more than read: ${found.join('; ')}. Revoke these rights.`,
      }

/** The fewest digits that make the same four bytes: those that the database shows. */
export function shortFloat(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const near = Number(value.toPrecision(digits))
    if (Math.fround(near) === value) return String(near)
  }
  return String(value)
}

/** The drivers would compare the certificate of an address with the name `localhost`, or with none. */
export const nameWanted: Words = {
  vi: 'Với MySQL và SQL Server qua TLS, server phải ghi bằng tên máy có trong chứng thư, không ghi địa chỉ IP.',
  en: 'For MySQL and SQL Server over TLS the server must be written by the name in its certificate, not by an IP address.',
}
