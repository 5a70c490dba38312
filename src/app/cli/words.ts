/** How the command line names things. Times are Vietnam's (UTC+7), whatever the machine's are. */
import type { CatchUp } from '../../domain/configuration.ts'
import type { DeliveryState, LanePolicy } from '../../domain/delivery.ts'
import type { Words } from '../../domain/errors.ts'
import type { OutcomeKind } from '../../domain/outcome.ts'
import type { PlanAction } from '../../domain/plan.ts'

export type Language = 'vi' | 'en'

export const stateWords = {
  waiting: { vi: 'Chờ gửi', en: 'waiting' },
  sending: { vi: 'Đang gửi', en: 'sending' },
  unknown: { vi: 'Chưa rõ', en: 'unknown' },
  held: { vi: 'Tạm giữ', en: 'held' },
  dead: { vi: 'Bị dừng', en: 'dead' },
  delivered: { vi: 'Đã gửi', en: 'delivered' },
  superseded: { vi: 'Đã thay thế', en: 'superseded' },
  discarded: { vi: 'Đã bỏ', en: 'discarded' },
} as const satisfies Record<DeliveryState, Words>

export const interventionWords = {
  redrive: { vi: 'gửi lại', en: 'redrive' },
  discard: { vi: 'bỏ', en: 'discard' },
  hold: { vi: 'tạm giữ', en: 'hold' },
  release: { vi: 'thôi giữ', en: 'release' },
  'confirm-delivered': { vi: 'xác nhận đã nhận', en: 'confirm as delivered' },
  'send-again': { vi: 'gửi lần nữa', en: 'send again' },
  'give-up': { vi: 'thôi chờ', en: 'give up' },
  correct: { vi: 'sửa', en: 'correct' },
} as const satisfies Record<PlanAction, Words>

export const outcomeWords = {
  delivered: { vi: 'đã nhận', en: 'delivered' },
  permanent: { vi: 'từ chối hẳn', en: 'permanent' },
  retry: { vi: 'thử lại sau', en: 'retry' },
  auth: { vi: 'sai phiên', en: 'auth' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
} as const satisfies Record<OutcomeKind, Words>

export const policyWords = {
  block: { vi: 'chờ người xử lý', en: 'block' },
  skip: { vi: 'bỏ qua, gửi tiếp', en: 'skip' },
  supersede: { vi: 'bản mới thay bản cũ', en: 'supersede' },
} as const satisfies Record<LanePolicy, Words>

export const catchUpWords = {
  one: { vi: 'chạy bù một lần', en: 'made up for by one run' },
  skip: { vi: 'bỏ qua, chờ giờ tới', en: 'passed over' },
} as const satisfies Record<CatchUp, Words>

export const sideWords = {
  client: { vi: 'bên gửi', en: 'the sender' },
  hub: { vi: 'liên thông', en: 'the hub' },
  system: { vi: 'hệ thống đích', en: 'the target system' },
  network: { vi: 'đường truyền', en: 'the network' },
  configuration: { vi: 'cấu hình', en: 'the configuration' },
} as const

const vietnamMs = 7 * 60 * 60 * 1000

/** `22/11/2026 10:04:05` or `2026-11-22 10:04:05`, Vietnam time; a dash for nothing. */
export function timeWords(at: string | Date | null, language: Language): string {
  if (at === null) return '–'
  const ms = typeof at === 'string' ? Date.parse(at) : at.getTime()
  if (Number.isNaN(ms)) return '–'
  const [date = '', time = ''] = new Date(ms + vietnamMs).toISOString().split('T')
  const day = language === 'vi' ? date.split('-').reverse().join('/') : date
  return `${day} ${time.slice(0, 8)}`
}

/** The two greatest units of a duration: `2 giờ 5 phút`. */
export function durationWords(seconds: number, language: Language): string {
  const units: [number, string, string][] = [
    [86_400, 'ngày', 'd'],
    [3_600, 'giờ', 'h'],
    [60, 'phút', 'min'],
    [1, 'giây', 's'],
  ]
  let rest = Math.round(seconds)
  const parts: string[] = []
  for (const [size, vi, en] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${language === 'vi' ? vi : en}`)
  }
  return parts.slice(0, 2).join(' ') || (language === 'vi' ? '0 giây' : '0 s')
}

export const countWords = (count: number, language: Language): string =>
  count.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB')

/** `vn.tthc.dossier.upserted.v1` → `dossier.upserted`, where a column is narrow. */
export const shortType = (type: string): string => /^vn\.tthc\.(.+)\.v1$/.exec(type)?.[1] ?? type
