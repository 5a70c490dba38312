/** Rows of progress, in the portal's form and in consumerAdapter's → canonical steps. Pure. */
import {
  type DossierProgressedStep,
  type DossierStatus,
  type dvcqg,
  parseTime,
  type tthcLegacy,
} from '../../../src/connector/index.ts'
import { adapterTime } from './adapter-time.ts'
import { canonical, type LegacyEdge, missing, type Place } from './legacy.ts'
import { createReading, optional, present } from './reading.ts'

/** One step of one dossier. */
export interface ProgressRow {
  readonly code: string
  readonly step: DossierProgressedStep
}

/** Rows that have fitted `tthc-legacy/progress-sync/v1`, at this pointer; every fault of all of them. */
export function legacyProgress(
  edge: LegacyEdge,
  rows: readonly dvcqg.ProgressPushDong[],
  at: string,
): readonly ProgressRow[] {
  const reading = createReading()
  const result = rows.map((row, index) => {
    const pointer = `${at}/${index}`
    const time = (field: 'ThoiDiemXuLy' | 'NgayBatDau' | 'NgayKetThucTheoQuyDinh') => {
      const text = present(row[field])
      if (text === undefined) return undefined
      return reading.take(() => parseTime(text, 'yyyyMMddHHmmss', `${pointer}/${field}`))
    }
    const when = time('ThoiDiemXuLy')
    const codesAt = when === undefined ? edge.now : new Date(when)
    const place: Place = { edge, reading, at: pointer, codesAt }
    const status = canonical(place, 'dvcqg-dossier-status', row.TrangThai, 'TrangThai')
    const step = {
      officer: row.NguoiXuLy,
      ...optional('position', present(row.ChucDanh)),
      ...optional('department', present(row.PhongBanXuLy)),
      at: when as string,
      content: row.NoiDungXuLy,
      status: status as DossierStatus,
      ...optional('startedAt', time('NgayBatDau')),
      ...optional('dueAt', time('NgayKetThucTheoQuyDinh')),
    }
    return { code: row.MaHoSo, step }
  })
  reading.finish()
  return result
}

/** Traces that have fitted `tthc-legacy/document-traces/v1`. */
export function documentTraces(
  edge: LegacyEdge,
  traces: readonly tthcLegacy.DocumentTracesBuoc[],
  at: string,
): readonly ProgressRow[] {
  const reading = createReading()
  const result = traces.map((trace, index) => {
    const pointer = `${at}/${index}`
    const when = reading.take(() => adapterTime(trace.DateCreated, `${pointer}/DateCreated`))
    const codesAt = when === undefined ? edge.now : new Date(when)
    const place: Place = { edge, reading, at: pointer, codesAt }
    // A fault of the form has been noted already; the sentinel for "no date" has not.
    if (when === undefined && trace.DateCreated.startsWith('0000')) missing(place, 'DateCreated')
    const status = canonical(place, 'tthc-adapter-status', String(trace.Status), 'Status')
    const step = {
      officer: trace.UserName,
      ...optional('position', present(trace.UserPosition)),
      ...optional('department', present(trace.OrganizationInchargeName)),
      at: when as string,
      content: trace.Comment,
      status: status as DossierStatus,
    }
    return { code: trace.DocCode, step }
  })
  reading.finish()
  return result
}
