/** What a person asks of corrections, checked. */
import type { Revision } from '../../domain/configuration.ts'
import {
  applySteps,
  type CorrectionStep,
  correcting,
  correctionLimits,
  openCorrectionStates,
} from '../../domain/correction.ts'
import { deliveryId } from '../../domain/delivery.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import { type Difference, differencesBetween } from '../../domain/json-difference.ts'
import { defaultStop } from '../../domain/plan.ts'
import { type Reach, reachesUnit } from '../../domain/unit.ts'
import type { PlanRequest } from '../plans/plan-desk.ts'
import { startOf } from '../plans/plan-desk.ts'
import type { CorrectionStore, NewCorrection, Original } from '../ports/corrections.ts'
import type { Act } from '../ports/interventions.ts'
import type { PlanFilter } from '../ports/plans.ts'
import type { Wakeups } from '../ports/wakeups.ts'
import { type CorrectionLaw, correctMessage, faultsOf, sealEvent } from './correct-message.ts'

export interface OneCorrection {
  readonly message: string
  readonly data: unknown
  /** Which of its deliveries; all that can be replaced unless it is said. */
  readonly deliveries?: readonly string[]
}

export interface ManyCorrection {
  readonly filter: PlanFilter
  readonly steps: readonly CorrectionStep[]
}

/** How the plan of many goes; see `PlanRequest`. It starts by itself unless it is said otherwise. */
export type SendOptions = Pick<
  PlanRequest,
  'ratePerMinute' | 'paused' | 'startAt' | 'stopAfter' | 'stopPercent'
>

export interface CorrectionCheck {
  readonly faults: readonly Fault[]
  readonly changes: readonly Difference[]
  readonly needsApproval: boolean
  readonly deliveries: readonly {
    readonly id: string
    readonly system: string
    readonly state: string
  }[]
}

export interface CorrectionDesk {
  /** Changes nothing. Throws `not-found`. */
  check(request: OneCorrection, reach: Reach): Promise<CorrectionCheck>
  /** What would be kept of it; throws as `create` does. */
  prepare(request: OneCorrection | ManyCorrection, reach: Reach): Promise<NewCorrection>
  /**
   * Returns its number. Throws `not-found`, `state-conflict` when nothing of it can be replaced, `schema-violation`
   * and `request-invalid`.
   */
  create(correction: NewCorrection, act: Act): Promise<number>
  ask(id: number, act: Act): Promise<void>
  approve(id: number, act: Act): Promise<void>
  refuse(id: number, act: Act): Promise<void>
  withdraw(id: number, act: Act): Promise<void>
  /** The number of the plan that carries it out; null: it is done. */
  send(id: number, options: SendOptions, reach: Reach, act: Act): Promise<number | null>
}

interface DeskDependencies extends CorrectionLaw {
  readonly store: CorrectionStore
  /** Whether somebody else has to agree where a message holds personal data. */
  readonly approval: boolean
  readonly revision: () => Revision | undefined
  readonly wakeups: Wakeups
}

const fault = (pointer: string, rule: string, vi: string, en: string): Fault => ({
  ...{ pointer, rule, vi, en },
})

const invalid = (faults: readonly Fault[]): HubError => new HubError('request-invalid', { faults })

const nothingToReplace = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Bản tin không có lượt gửi nào đang hỏng hoặc được giữ lại để thay.',
      en: 'The message has no delivery that is dead or held and could be replaced.',
    },
  })

const unchanged = fault(
  '/data',
  'changed',
  'Nội dung không khác bản gốc.',
  'The content is the same as the original.',
)
const beyond = fault(
  '/data',
  'reach',
  'Bản sửa chuyển hồ sơ sang đơn vị ngoài phạm vi của bạn.',
  'The correction moves the dossier to a unit beyond your reach.',
)

/** The places that were asked for, or all. */
function placesOf(original: Original, ids: readonly string[] | undefined): Original {
  if (!ids) return original
  const places = original.places.filter((place) => ids.includes(deliveryId(place)))
  return { ...original, places }
}

function stepFaults(steps: readonly CorrectionStep[]): Fault[] {
  return steps.flatMap(({ pointer, from, to }, index) => {
    if (!/^(?:\/(?:[^~/]|~[01])*)+$/.test(pointer))
      return [
        fault(
          `/steps/${index}/pointer`,
          'pattern',
          'Không phải JSON Pointer tới một trường.',
          'Is no JSON Pointer to a member.',
        ),
      ]
    return from === undefined && to === undefined
      ? [fault(`/steps/${index}/to`, 'required', 'Không thay đổi gì.', 'Changes nothing.')]
      : []
  })
}

export function createCorrectionDesk(deps: DeskDependencies): CorrectionDesk {
  const { store, schemas } = deps

  const kept = (
    kind: NewCorrection['kind'],
    messages: NewCorrection['messages'],
    more: boolean,
  ): NewCorrection => {
    const personal = messages.some(({ original }) =>
      schemas.holdsPersonalData(original.message.type),
    )
    return { kind, personal, needsApproval: personal && deps.approval, more, messages }
  }

  const one = async (request: OneCorrection, reach: Reach): Promise<NewCorrection> => {
    const found = await store.original(request.message, reach)
    if (!found) throw new HubError('not-found')
    const original = placesOf(found, request.deliveries)
    if (original.places.length === 0) throw nothingToReplace()
    const corrected = correctMessage(deps, original, request.data)
    if (corrected.faults.length > 0)
      throw new HubError('schema-violation', {
        faults: corrected.faults.map((one) => ({ ...one, pointer: `/data${one.pointer}` })),
      })
    if (corrected.pointers.length === 0) throw invalid([unchanged])
    if (!reachesUnit(reach, corrected.event.unit)) throw invalid([beyond])
    return kept('one', [corrected], false)
  }

  const many = async ({ filter, steps }: ManyCorrection, reach: Reach): Promise<NewCorrection> => {
    const faults = stepFaults(steps)
    if (filter.state && !(correcting.from as readonly string[]).includes(filter.state))
      faults.push(
        fault('/filter/state', 'enum', 'Chỉ sửa lượt dead hoặc held.', 'Only dead or held ones.'),
      )
    if (faults.length > 0) throw invalid(faults)
    const named = filter.ids ?? filter.problem ?? filter.plan
    const isOpen = named === undefined && filter.state === undefined
    const whole: PlanFilter = isOpen ? { ...filter, state: 'dead' } : filter
    const { originals, more } = await store.chosen(whole, reach, correctionLimits.messages)
    const messages = originals.map((original) => {
      const { data, faults: unexpected } = applySteps(original.message.data, steps)
      const corrected = correctMessage(deps, original, data, unexpected)
      const isBeyond = corrected.faults.length === 0 && !reachesUnit(reach, corrected.event.unit)
      return isBeyond ? { ...corrected, faults: [{ ...beyond, pointer: '' }] } : corrected
    })
    if (messages.length === 0) throw nothingToReplace()
    return kept('many', messages, more)
  }

  return {
    async check({ message, data, deliveries }, reach) {
      const found = await store.original(message, reach)
      if (!found) throw new HubError('not-found')
      const original = placesOf(found, deliveries)
      return {
        faults: faultsOf(deps, original.message, data),
        changes: differencesBetween(original.message.data, data),
        needsApproval: deps.approval && schemas.holdsPersonalData(original.message.type),
        deliveries: original.places.map((place) => ({
          ...{ id: deliveryId(place), system: place.system, state: place.state },
        })),
      }
    },
    prepare: (request, reach) =>
      'message' in request ? one(request, reach) : many(request, reach),
    create: (correction, act) => store.create(correction, act),
    ask: (id, act) => store.change(id, { from: ['draft'], to: 'asked' }, act),
    approve: (id, act) =>
      store.change(id, { from: ['asked'], to: 'approved', notByAuthor: true }, act),
    refuse: (id, act) =>
      store.change(id, { from: ['asked'], to: 'refused', notByAuthor: true }, act),
    withdraw: (id, act) => store.change(id, { from: openCorrectionStates, to: 'withdrawn' }, act),
    async send(id, options, reach, act) {
      const revision = deps.revision()
      if (!revision) throw new HubError('store-unavailable', { retryAfterSeconds: 5 })
      const startAt = startOf(options.startAt)
      const draft = await store.draft(id)
      if (!draft) throw new HubError('not-found')
      // A new name now: its place in time is when it is sent. And the law may have changed since.
      const events = new Map(
        draft.messages.map(({ original: { message }, data }) => {
          const faults = faultsOf(deps, message, data)
          if (faults.length > 0) throw new HubError('schema-violation', { faults })
          return [message.id, sealEvent(deps, message, data)]
        }),
      )
      const plan = {
        ratePerMinute: options.ratePerMinute,
        starts: startAt !== undefined || options.paused !== true,
        startAt,
        stopAfter: options.stopAfter ?? defaultStop.after,
        stopPercent: options.stopPercent ?? defaultStop.percent,
        reach,
      }
      const sent = await store.send(id, events, revision.id, plan, act)
      for (const system of sent.systems) deps.wakeups.wake(system)
      return sent.plan
    },
  }
}
