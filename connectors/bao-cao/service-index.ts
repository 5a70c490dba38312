/**
 * The service index of a period, before it leaves: what contradicts itself is refused with its pointer, never put
 * right. What it is called there, the operator's mapping says: no reporting system has published a contract.
 * Source: Quyết định 766/QĐ-TTg (2022).
 */
import { type Fault, permanent, type ServiceIndexReported } from '../../src/connector/index.ts'
import type { ReportOptions } from './options.ts'

interface Scored {
  readonly code: string
  readonly score?: number
  readonly maxScore?: number
}

const doubled = { vi: 'mã này đã có ở trên', en: 'is there already' }
const tooHigh = { vi: 'lớn hơn điểm tối đa', en: 'is more than the highest score' }
const ofNothing = {
  vi: 'mẫu số là 0 thì chỉ có thể là 0 hoặc không có',
  en: 'of nothing can only be 0 or absent',
}

const faultsOf = (list: string, scored: readonly Scored[]): Fault[] =>
  scored.flatMap(({ code, score = 0, maxScore = score }, index): Fault[] => [
    ...(scored.findIndex((one) => one.code === code) < index
      ? [{ pointer: `/${list}/${index}/code`, rule: 'unique', ...doubled }]
      : []),
    ...(score > maxScore
      ? [{ pointer: `/${list}/${index}/score`, rule: 'maximum', ...tooHigh }]
      : []),
  ])

/** Throws `mapping-failed` unless the numbers agree and are of the account's own agency. */
export function checkIndex(data: ServiceIndexReported, { agencyCode }: ReportOptions): void {
  const faults = [
    ...faultsOf('groups', data.groups ?? []),
    ...faultsOf('indicators', data.indicators),
  ]
  for (const [index, { numerator = 0, denominator, ratio = 0 }] of data.indicators.entries())
    for (const [name, value] of Object.entries({ numerator, ratio }))
      if (denominator === 0 && value !== 0)
        faults.push({ pointer: `/indicators/${index}/${name}`, rule: 'share', ...ofNothing })
  if (data.agency.code !== agencyCode)
    faults.push({
      ...{ pointer: '/agency/code', rule: 'agency' },
      vi: 'không phải đơn vị của tài khoản này',
      en: 'is not the agency of this account',
    })
  if (faults.length > 0) throw permanent('mapping-failed', { faults })
}
