/**
 * Statistics of a period → what a reporting system takes, pure. Numbers are sent as they came: sums that do
 * not add up are refused with the pointer of the number that is wrong, never put right. Source: XSD of an
 * older provincial consumerAdapter (MStatistic); the NDXP envelope as a price database publishes it.
 */
import {
  type DossierStatisticsReported,
  type Fault,
  permanent,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { FieldNames, ReportOptions } from './options.ts'

type Statistics = DossierStatisticsReported
type Count = Exclude<keyof Statistics, 'agency' | 'period'>

const sums: readonly (readonly [Count, Count, Count])[] = [
  ['total', 'newlyReceived', 'carriedOver'],
  ['total', 'solved', 'pending'],
  ['solved', 'solvedInTime', 'solvedLate'],
  ['pending', 'pendingInTime', 'pendingLate'],
]
/** Percentages are rounded to a tenth at the coarsest. */
const mostRounding = 0.051

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole)

/** Every number that contradicts the others. */
function contradictions(data: Statistics): Fault[] {
  const wrong = sums
    .filter(([whole, one, other]) => data[whole] !== data[one] + data[other])
    .map(
      ([whole, one, other]): Fault => ({
        ...{ pointer: `/${whole}`, rule: 'sum' },
        vi: `phải bằng ${one} cộng ${other}`,
        en: `must be ${one} plus ${other}`,
      }),
    )
  const shares = (['solvedInTime', 'solvedLate'] as const).filter(
    (name) => Math.abs(data[`${name}Percent`] - shareOf(data[name], data.solved)) > mostRounding,
  )
  return [
    ...wrong,
    ...shares.map(
      (name): Fault => ({
        ...{ pointer: `/${name}Percent`, rule: 'share' },
        vi: `phải là phần trăm của ${name} trong solved`,
        en: `must be the percentage of ${name} in solved`,
      }),
    ),
  ]
}

/** Throws `mapping-failed` unless the numbers agree and are of the account's own agency. */
export function checkStatistics(data: Statistics, { agencyCode }: ReportOptions): void {
  const faults = contradictions(data)
  if (data.agency.code !== agencyCode)
    faults.push({
      ...{ pointer: '/agency/code', rule: 'agency' },
      vi: 'không phải đơn vị của tài khoản này',
      en: 'is not the agency of this account',
    })
  if (faults.length > 0) throw permanent('mapping-failed', { faults })
}

const periodOf = ({ period }: Statistics): { year: number; month: number | undefined } => {
  const [year = '', month] = period.split('-')
  return { year: Number(year), month: month === undefined ? undefined : Number(month) }
}

export function statistic(data: Statistics): Readonly<Record<string, unknown>> {
  const { year, month } = periodOf(data)
  return withoutAbsent({
    Month: month,
    Year: year,
    IsMonthStatistic: month !== undefined,
    NewReception: data.newlyReceived,
    // Sic.
    PreExtisting: data.carriedOver,
    Total: data.total,
    TotalSolved: data.solved,
    SolvedInTime: data.solvedInTime,
    SolvedInTimePercent: data.solvedInTimePercent,
    SolvedLate: data.solvedLate,
    SolvedLatePercent: data.solvedLatePercent,
    TotalPending: data.pending,
    Pending: data.pendingInTime,
    PendingLate: data.pendingLate,
  })
}

export function ndxpBody(data: Statistics, names: FieldNames): { data: readonly object[] } {
  const { agency, period: _, ...counts } = data
  const values: Readonly<Record<string, unknown>> = withoutAbsent({
    ...{ agencyCode: agency.code, agencyName: agency.name, ...periodOf(data), ...counts },
  })
  const record = Object.entries(values).map(([name, value]) => [
    names[name as keyof FieldNames],
    value,
  ])
  // Two fields of one name would be one field: that is a fault of the configuration.
  if (new Set(record.map(([name]) => name)).size !== record.length)
    throw permanent('system-misconfigured')
  return { data: [Object.fromEntries(record)] }
}
