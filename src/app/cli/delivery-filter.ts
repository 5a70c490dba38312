import { deliveryStates } from '../../domain/delivery.ts'
import { type ErrorCode, errorTable, isErrorCode } from '../../domain/errors.ts'
import type { DeliveryFilter } from '../../engine/ports/deliveries.ts'
import { nearest } from '../nearest.ts'
import { UsageError } from './exit.ts'
import { oneOfOption, timeOption } from './options.ts'

export interface FilterOptions {
  readonly state?: string
  readonly system?: string
  readonly subject?: string
  readonly type?: string
  readonly code?: string
  readonly unit?: string
  readonly from?: string
  readonly to?: string
}

export type Criteria = Omit<DeliveryFilter, 'limit' | 'cursor'>

/** Checked and completed; what was not asked for is absent. */
export function criteriaOf(options: FilterOptions): Criteria {
  const state = oneOfOption('--state', options.state, deliveryStates)
  const from = timeOption('--from', options.from)
  const to = timeOption('--to', options.to)
  return {
    ...(state && { state }),
    ...(options.system && { system: options.system }),
    ...(options.subject && { subject: options.subject }),
    ...(options.type && { type: options.type }),
    ...(options.code && { code: codeOf(options.code) }),
    ...(options.unit && { unit: options.unit }),
    ...(from && { from }),
    ...(to && { to }),
  }
}

function codeOf(text: string): ErrorCode {
  if (isErrorCode(text)) return text
  const meant = nearest(text, Object.keys(errorTable))
  throw new UsageError(
    `Không có mã lỗi "${text}"${meant ? `; có phải ý là ${meant}?` : '.'}`,
    `There is no error code "${text}"${meant ? `; did you mean ${meant}?` : '.'}`,
  )
}
