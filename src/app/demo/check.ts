/**
 * Compares what the portal holds with what was sent, by rules of its own: nothing of the connector's
 * translation is used here, so that a fault in it shows.
 */
import type { IncomingMessage } from '../../domain/message.ts'

interface Dossier {
  readonly code: string
  readonly status: string
  readonly procedure: { readonly code: string; readonly name: string }
  readonly domain: { readonly code: string; readonly name: string }
  readonly applicant: { readonly name: string; readonly phone?: string; readonly email?: string }
  readonly summary: string
  readonly handlingUnit: { readonly name: string }
  readonly acceptedAt?: string
  readonly dueAt?: string
  readonly finishedAt?: string
  readonly components?: readonly unknown[]
  readonly fees?: readonly unknown[]
  readonly results?: readonly unknown[]
}

interface Step {
  readonly at: string
  readonly content: string
  readonly officer: string
}

/** What the simulated portal keeps of a dossier. */
export interface PortalRecord {
  readonly dossier?: Readonly<Record<string, unknown>>
  readonly progress: readonly Readonly<Record<string, unknown>>[]
  /** Effects in order: `create 2`, `progress 20240101083000`, `update 4`. */
  readonly applied: readonly string[]
}

export interface Comparison {
  readonly lost: number
  readonly doubled: number
  readonly outOfOrder: number
  readonly differing: number
  readonly fields: number
  readonly examples: readonly string[]
}

const statusNumbers = [
  'registered',
  'accepted',
  'rejected',
  'processing',
  'supplement-requested',
  'payment-requested',
  'withdrawn',
  'stopped',
  'finished',
  'returned',
]

/** `2026-01-05T08:00:00+07:00` → `20260105080000` */
const digits = (time: string | undefined): string =>
  time === undefined
    ? ''
    : new Date(Date.parse(time) + 7 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)

/** The effects that one message must have at the portal. */
function effectsOf(message: IncomingMessage, first: boolean): string[] {
  const data = message.data as { readonly dossier?: Dossier; readonly steps?: readonly Step[] }
  if (data.steps) return data.steps.map((step) => `progress ${digits(step.at)}`)
  const status = statusNumbers.indexOf(data.dossier?.status ?? '') + 1
  return [`${first ? 'create' : 'update'} ${status}`]
}

const fieldsOf = (dossier: Dossier): Readonly<Record<string, string | number>> => ({
  MaHoSo: dossier.code,
  MaTTHC: dossier.procedure.code,
  TenTTHC: dossier.procedure.name,
  MaLinhVuc: dossier.domain.code,
  TenLinhVuc: dossier.domain.name,
  ChuHoSo: dossier.applicant.name,
  SoDienThoai: dossier.applicant.phone ?? '',
  Email: dossier.applicant.email ?? '',
  TrichYeuHoSo: dossier.summary,
  DonViXuLy: dossier.handlingUnit.name,
  TrangThaiHoSo: String(statusNumbers.indexOf(dossier.status) + 1),
  NgayTiepNhan: digits(dossier.acceptedAt),
  NgayHenTra: digits(dossier.dueAt),
  NgayKetThucXuLy: digits(dossier.finishedAt),
  TaiLieuNop: dossier.components?.length ?? 0,
  DanhSachLePhi: dossier.fees?.length ?? 0,
  DanhSachGiayToKetQua: dossier.results?.length ?? 0,
})

const held = (value: unknown): string | number =>
  Array.isArray(value) ? value.length : typeof value === 'string' ? value : ''

const count = (list: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

/** Effects that are missing, and those that are there too often. */
function difference(expected: readonly string[], found: readonly string[]) {
  const wanted = count(expected)
  const have = count(found)
  let lost = 0
  let doubled = 0
  for (const [effect, times] of wanted) lost += Math.max(0, times - (have.get(effect) ?? 0))
  for (const [effect, times] of have) doubled += Math.max(0, times - (wanted.get(effect) ?? 0))
  return { lost, doubled }
}

function compareFields(
  last: Dossier | undefined,
  record: PortalRecord | undefined,
): { fields: number; wrong: string[] } {
  if (!last) return { fields: 0, wrong: [] }
  const expected = Object.entries(fieldsOf(last))
  const wrong = expected
    .filter(
      ([name, value]) =>
        held(record?.dossier?.[name] ?? '') !== value &&
        !(value === 0 && held(record?.dossier?.[name]) === ''),
    )
    .map(([name]) => name)
  return { fields: expected.length, wrong }
}

/** `sent`: per dossier the messages that must have arrived, in the order they were accepted. */
export function comparePortal(
  sent: ReadonlyMap<string, readonly IncomingMessage[]>,
  portal: ReadonlyMap<string, unknown>,
): Comparison {
  const sum = { lost: 0, doubled: 0, outOfOrder: 0, differing: 0, fields: 0 }
  const examples: string[] = []
  for (const [code, messages] of sent) {
    const record = portal.get(code) as PortalRecord | undefined
    let known = false
    const expected = messages.flatMap((message) => {
      const effects = effectsOf(message, !known)
      known ||= effects.some((effect) => effect.startsWith('create'))
      return effects
    })
    const found = record?.applied ?? []
    const { lost, doubled } = difference(expected, found)
    const snapshots = messages.flatMap(
      (message) => (message.data as { dossier?: Dossier }).dossier ?? [],
    )
    const { fields, wrong } = compareFields(snapshots.at(-1), record)
    const disordered = lost + doubled === 0 && expected.join() !== found.join()
    sum.lost += lost
    sum.doubled += doubled
    sum.outOfOrder += disordered ? 1 : 0
    sum.fields += fields
    sum.differing += wrong.length
    if (lost + doubled + wrong.length > 0 || disordered)
      examples.push(
        `${code}: ${disordered ? 'thứ tự ' : ''}${wrong.join(' ')} [${expected.join(', ')}] ≠ [${found.join(', ')}]`,
      )
  }
  return { ...sum, examples: examples.slice(0, 5) }
}
