/** What a person asks of bulk plans, checked. */
import { type Intervention, interventions, parseDeliveryId } from '../../domain/delivery.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import { defaultStop, onlyStateFor, planLimits } from '../../domain/plan.ts'
import { everything, type Reach, typedAgency, wrongUnit } from '../../domain/unit.ts'
import type { Act } from '../ports/interventions.ts'
import type { PlanFilter, PlanStore } from '../ports/plans.ts'

export interface PlanRequest {
  readonly action: Intervention
  readonly filter: PlanFilter
  /** Items a minute; default by the systems. */
  readonly ratePerMinute?: number
  /** False: it starts as soon as it is prepared. Default: it waits for a person who has read it. */
  readonly paused?: boolean
  /** It starts by itself, and not before. RFC 3339. */
  readonly startAt?: string
  readonly stopAfter?: number
  readonly stopPercent?: number
}

export interface PlanDesk extends Omit<PlanStore, 'create' | 'start'> {
  /** Returns its number. Throws `request-invalid` with every fault. Without a reach: of everything. */
  create(request: PlanRequest, act: Act, reach?: Reach): Promise<number>
  /** Throws as the store does, and `request-invalid` when `startAt` is over. */
  start(id: number, startAt: string | undefined, act: Act): Promise<void>
}

const fault = (pointer: string, rule: string, vi: string, en: string): Fault => ({
  pointer,
  rule,
  vi,
  en,
})

/** Where an action starts from one state only, the filter need not say it. */
function completed(action: Intervention, filter: PlanFilter): PlanFilter {
  const state = filter.state ?? (filter.ids ? undefined : onlyStateFor(action))
  return {
    ...filter,
    ...(state && { state }),
    ...(filter.ids && { ids: [...new Set(filter.ids)] }),
  }
}

function faultsOf(action: Intervention, filter: PlanFilter): Fault[] {
  const { from } = interventions[action]
  const allowed = from.join(', ')
  const faults: Fault[] = []
  if (Object.values(filter).every((value) => value === undefined))
    faults.push(
      fault(
        '/filter',
        'minProperties',
        'Nêu ít nhất một điều kiện.',
        'Give at least one condition.',
      ),
    )
  if (filter.state && !(from as readonly string[]).includes(filter.state))
    faults.push(
      fault(
        '/filter/state',
        'enum',
        `Thao tác này chỉ dùng cho trạng thái ${allowed}.`,
        `This can only be done in state ${allowed}.`,
      ),
    )
  const named = filter.ids ?? filter.problem ?? filter.plan
  if (filter.state === undefined && named === undefined && !onlyStateFor(action))
    faults.push(
      fault(
        '/filter/state',
        'required',
        `Nêu trạng thái: ${allowed}.`,
        `Give the state: ${allowed}.`,
      ),
    )
  if (filter.unit !== undefined && !typedAgency(filter.unit)) faults.push(wrongUnit('/filter/unit'))
  if (filter.ids && (filter.ids.length === 0 || filter.ids.length > planLimits.ids))
    faults.push(
      fault(
        '/filter/ids',
        'maxItems',
        `Từ 1 đến ${planLimits.ids} mã.`,
        `From 1 to ${planLimits.ids} ids.`,
      ),
    )
  for (const [index, id] of filter.ids?.entries() ?? [])
    if (!parseDeliveryId(id))
      faults.push(
        fault(
          `/filter/ids/${index}`,
          'pattern',
          'Không phải mã lượt gửi.',
          'Is not the id of a delivery.',
        ),
      )
  return faults
}

/** Undefined unless it is said; throws unless it is to come. */
export function startOf(startAt: string | undefined): Date | undefined {
  if (startAt === undefined) return undefined
  const date = new Date(startAt)
  if (date.getTime() > Date.now()) return date
  throw new HubError('request-invalid', {
    faults: [
      fault(
        '/startAt',
        'future',
        'Thời điểm bắt đầu phải ở tương lai.',
        'The moment to start must be in the future.',
      ),
    ],
  })
}

export const createPlanDesk = (store: PlanStore): PlanDesk => ({
  pause: store.pause,
  resume: store.resume,
  setRate: store.setRate,
  cancel: store.cancel,
  async create({ action, filter, ...request }, act, reach = everything) {
    const faults = faultsOf(action, filter)
    if (faults.length > 0) throw new HubError('request-invalid', { faults })
    const startAt = startOf(request.startAt)
    return store.create(
      {
        action,
        filter: completed(action, filter),
        ratePerMinute: request.ratePerMinute,
        starts: startAt !== undefined || request.paused === false,
        startAt,
        stopAfter: request.stopAfter ?? defaultStop.after,
        stopPercent: request.stopPercent ?? defaultStop.percent,
        reach,
      },
      act,
    )
  },
  start: async (id, startAt, act) => store.start(id, startOf(startAt), act),
})
