/** What somebody may do to a plan now. */
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useChange } from '../../api/change.ts'
import { useMay } from '../../api/session.ts'
import { inVietnam } from '../../parts/in-vietnam.ts'
import { QuickButton } from '../../parts/quick-button.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import type { Plan } from './plan-parts.tsx'

type Verb = 'start' | 'pause' | 'resume' | 'rate' | 'cancel'

/** Half, or twice as much, within what the hub allows. */
const slower = (rate: number): number => Math.max(1, Math.floor(rate / 2))
const faster = (rate: number): number => Math.min(60_000, rate * 2)

function useVerb(plan: Plan) {
  const change = useChange()
  return (verb: Verb, body: object) =>
    change(`/api/v1/plans/{id}/${verb}`, { path: { id: String(plan.id) }, body })
}

/** At once, on the reason that its maker gave: a plan that runs away is not asked why. */
function VerbButton(props: {
  readonly plan: Plan
  readonly verb: Verb
  readonly label: string
  readonly body?: object
  readonly reason: string
  readonly primary?: boolean
}) {
  const { plan, verb, label, body, reason, primary = false } = props
  const act = useVerb(plan)
  return <QuickButton {...{ label, primary }} act={() => act(verb, { reason, ...body })} />
}

export function PlanActions({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const act = useVerb(plan)
  const go = useNavigate()
  const mayChange = useMay('deliveries:write')
  const { state, ratePerMinute, counts } = plan
  const isOver = state === 'finished' || state === 'cancelled' || state === 'finishing'
  const by = (label: string): string => `${label} ${t('plans.onScreen')}`
  const hasItems = counts.total > 0 && counts.pending > 0
  const quick = { plan }
  return (
    <>
      {mayChange && (state === 'ready' || state === 'scheduled') && (
        <VerbButton {...quick} verb="start" label={t('plans.start')} reason={plan.reason} primary />
      )}
      {mayChange && state === 'ready' && (
        <ReasonButton<{ readonly at: string }>
          label={t('plans.startAt')}
          act={({ at, reason }) => act('start', { reason, startAt: inVietnam(at) })}
        >
          <Form.Item
            name="at"
            label={t('plans.form.at')}
            rules={[{ required: true, message: t('plans.form.atMissing') }]}
          >
            <Input type="datetime-local" style={{ width: 220 }} />
          </Form.Item>
        </ReasonButton>
      )}
      {mayChange && (state === 'running' || state === 'scheduled') && (
        <VerbButton
          {...quick}
          verb="pause"
          label={t('plans.pause')}
          reason={by(t('plans.pause'))}
        />
      )}
      {mayChange && state === 'paused' && (
        <VerbButton
          {...quick}
          verb="resume"
          label={t('plans.resume')}
          reason={by(t('plans.resume'))}
          primary
        />
      )}
      {mayChange && !isOver && ratePerMinute !== null && hasItems && (
        <>
          <VerbButton
            {...quick}
            verb="rate"
            label={t('plans.slower')}
            reason={by(t('plans.slower'))}
            body={{ ratePerMinute: slower(ratePerMinute) }}
          />
          <VerbButton
            {...quick}
            verb="rate"
            label={t('plans.faster')}
            reason={by(t('plans.faster'))}
            body={{ ratePerMinute: faster(ratePerMinute) }}
          />
        </>
      )}
      {mayChange && !isOver && (
        <ReasonButton
          label={t('plans.cancel')}
          explains={t('plans.cancelHelp')}
          danger
          act={({ reason }) => act('cancel', { reason })}
        />
      )}
      {mayChange && counts.failed > 0 && (
        <Button onClick={() => void go(`/plans/new?plan=${plan.id}&action=redrive`)}>
          {t('plans.retryFailed')}
        </Button>
      )}
      {counts.total > 0 && (
        <Button href={`/api/v1/plans/${plan.id}/result`} download={`ke-hoach-${plan.id}.csv`}>
          {t('plans.download')}
        </Button>
      )}
    </>
  )
}
