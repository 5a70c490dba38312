/**
 * Compares what the portal holds with what was sent, by rules of its own: nothing of the connector's
 * translation is used here, so that a fault in it shows.
 */
import type { IncomingMessage } from '../../domain/message.ts'

type Item = Readonly<Record<string, string | number | undefined>>

interface Dossier {
  readonly code: string
  readonly status: string
  readonly procedure: { readonly code: string; readonly name: string }
  readonly domain: { readonly code: string; readonly name: string }
  readonly applicant: {
    readonly name: string
    readonly phone?: string
    readonly email?: string
    readonly identities: readonly Item[]
  }
  readonly summary: string
  readonly handlingUnit: { readonly name: string }
  readonly submittedAt?: string
  readonly acceptedAt?: string
  readonly dueAt?: string
  readonly finishedAt?: string
  readonly components?: readonly Item[]
  readonly fees?: readonly Item[]
  readonly otherPapers?: readonly Item[]
  readonly supplements?: readonly Item[]
  readonly results?: readonly Item[]
}

interface Step {
  readonly at: string
  readonly content: string
  readonly officer: string
  readonly department?: string
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

const plainFields = (dossier: Dossier): Readonly<Record<string, string>> => ({
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
  NgayNopHoSo: digits(dossier.submittedAt),
  NgayTiepNhan: digits(dossier.acceptedAt),
  NgayHenTra: digits(dossier.dueAt),
  NgayKetThucXuLy: digits(dossier.finishedAt),
})

interface ListRule {
  /** The list at the portal, and which of its members say what ours say. */
  readonly name: string
  readonly theirs: readonly string[]
  readonly ours: readonly string[]
  readonly of: (dossier: Dossier) => readonly Item[] | undefined
}

/** The portal's list of identity papers knows those of persons only. */
const notOfPersons: readonly unknown[] = ['tax-code', 'business-registration', 'agency-code']

const lists: readonly ListRule[] = [
  {
    name: 'DinhDanhCHS',
    theirs: ['SoDinhDanh'],
    ours: ['number'],
    of: ({ applicant }) => applicant.identities.filter(({ kind }) => !notOfPersons.includes(kind)),
  },
  {
    name: 'TaiLieuNop',
    theirs: ['TepDinhKemId', 'TenTepDinhKem', 'MaThanhPhanHoSo'],
    ours: ['fileId', 'name', 'componentCode'],
    of: (dossier) => dossier.components,
  },
  {
    name: 'DanhSachLePhi',
    theirs: ['MaPhiLePhi', 'TenPhiLePhi', 'Gia'],
    ours: ['code', 'name', 'amount'],
    of: (dossier) => dossier.fees,
  },
  {
    name: 'DanhSachTepDinhKemKhac',
    theirs: ['TenGiayTo', 'SoLuong'],
    ours: ['name', 'quantity'],
    of: (dossier) => dossier.otherPapers,
  },
  {
    name: 'DanhSachHoSoBoSung',
    theirs: ['HoSoBoSungId', 'NguoiYeuCauBoSung', 'NoiDungBoSung'],
    ours: ['id', 'requestedBy', 'content'],
    of: (dossier) => dossier.supplements,
  },
  {
    name: 'DanhSachGiayToKetQua',
    theirs: ['TenGiayTo', 'GiayToId'],
    ours: ['name', 'paperId'],
    of: (dossier) => dossier.results,
  },
]

const line = (item: Readonly<Record<string, unknown>>, members: readonly string[]): string =>
  members.map((member) => String(item[member] ?? '')).join('|')

const linesOf = (items: unknown, members: readonly string[]): string =>
  (Array.isArray(items) ? items : []).map((item) => line(item, members)).join('\n')

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

const stepMembers = ['ThoiDiemXuLy', 'NguoiXuLy', 'NoiDungXuLy', 'PhongBanXuLy'] as const

/** Name, what should be there, what is there; for every field that is compared. */
function fieldsOf(
  messages: readonly IncomingMessage[],
  record: PortalRecord | undefined,
): (readonly [name: string, expected: string, found: string])[] {
  const data = messages.map((message) => message.data as { dossier?: Dossier; steps?: Step[] })
  const last = data.findLast((one) => one.dossier)?.dossier
  const there = record?.dossier ?? {}
  const steps = data
    .flatMap((one) => one.steps ?? [])
    .map((step) => [digits(step.at), step.officer, step.content, step.department ?? ''].join('|'))
  const rows = (record?.progress ?? []).map((row) => line(row, stepMembers))
  return [
    ...steps.map((step, index) => [`TienDo ${index}`, step, rows[index] ?? ''] as const),
    ...Object.entries(last ? plainFields(last) : {}).map(
      ([name, value]) => [name, value, String(there[name] ?? '')] as const,
    ),
    ...(last ? lists : []).map(
      ({ name, theirs, ours, of }) =>
        [name, linesOf(of(last as Dossier), ours), linesOf(there[name], theirs)] as const,
    ),
  ]
}

/** Whether what has arrived, however little, arrived in the order in which it was sent. */
function inOrder(expected: readonly string[], found: readonly string[]): boolean {
  let at = -1
  return found.every((effect) => {
    // The same once more is a double, which is counted elsewhere.
    if (effect === expected[at]) return true
    const next = expected.indexOf(effect, at + 1)
    if (next < 0) return !expected.includes(effect)
    at = next
    return true
  })
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
    const fields = fieldsOf(messages, record)
    const wrong = fields.filter(([, value, there]) => value !== there).map(([name]) => name)
    const disordered =
      lost + doubled === 0 ? expected.join() !== found.join() : !inOrder(expected, found)
    sum.lost += lost
    sum.doubled += doubled
    sum.outOfOrder += disordered ? 1 : 0
    sum.fields += fields.length
    sum.differing += wrong.length
    if (lost + doubled + wrong.length > 0 || disordered)
      examples.push(
        `${code}: ${disordered ? 'thứ tự ' : ''}${wrong.join(' ')} [${expected.join(', ')}] ≠ [${found.join(', ')}]`,
      )
  }
  return { ...sum, examples: examples.slice(0, 5) }
}
