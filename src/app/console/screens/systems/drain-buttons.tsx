/** After an outage: one decision lets a system go on and has what was given up meanwhile sent again, slowly. */
import { Checkbox, Form, InputNumber } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { post, useChange } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { ReasonButton } from '../../parts/reason-button.tsx'
import type { System } from './standing.tsx'

interface Of {
  readonly of: System
}
interface Drain {
  readonly ratePerMinute?: number | null
}

function useDrain({ id }: System) {
  const change = useChange()
  const go = useNavigate()
  return async ({ reason, ratePerMinute }: Drain & { readonly reason: string }) => {
    const plan = await change<Schemas['Plan']>('/api/v1/plans', {
      body: {
        ...{ action: 'redrive', filter: { system: id, state: 'dead' }, reason, paused: false },
        ...(ratePerMinute && { ratePerMinute }),
      },
    })
    await go(`/plans/${plan.id}`)
  }
}

function Rate() {
  const { t } = useTranslation()
  return (
    <Form.Item name="ratePerMinute" label={t('plans.form.rate')} extra={t('plans.form.rateHelp')}>
      <InputNumber min={1} max={60_000} style={{ width: 160 }} />
    </Form.Item>
  )
}

/** Of what was given up; the plan holds itself back, and stops by itself when too much fails again. */
export function DrainButton({ of }: Of) {
  const { t } = useTranslation()
  const drain = useDrain(of)
  return (
    <ReasonButton<Drain>
      label={t('systems.drain.button')}
      explains={
        <>
          {t('systems.drain.explains')}{' '}
          <Link to={`/plans/new?system=${of.id}&state=dead&action=redrive`}>
            {t('systems.drain.more')}
          </Link>
        </>
      }
      act={drain}
      button={{ type: 'primary' }}
    >
      <Rate />
    </ReasonButton>
  )
}

interface Resume extends Drain {
  readonly drains?: boolean
}

/** What was refused for its content is refused again, so nobody redrives without having said so. */
function AlsoDrain() {
  const { t } = useTranslation()
  const drains = Form.useWatch<boolean | undefined>('drains') ?? false
  return (
    <>
      <Form.Item
        name="drains"
        valuePropName="checked"
        extra={drains && t('systems.drain.explains')}
      >
        <Checkbox>{t('systems.resume.drains')}</Checkbox>
      </Form.Item>
      {drains && <Rate />}
    </>
  )
}

export function ResumeButton({ of }: Of) {
  const { t } = useTranslation()
  const change = useChange()
  const drain = useDrain(of)
  const resumed = useRef(false)
  const mayDrain = useMay('deliveries:write') && of.failed > 0
  const resume = async ({ drains = false, ...given }: Resume & { readonly reason: string }) => {
    const body = { path: { id: of.id }, body: { reason: given.reason } }
    // Of the two the second may fail; tried again, the first is not asked for once more.
    if (!resumed.current) await (drains ? post : change)('/api/v1/systems/{id}/resume', body)
    resumed.current = drains
    if (drains) await drain(given)
  }
  return (
    <ReasonButton<Resume>
      label={t('systems.resume.button')}
      explains={t('systems.resume.explains')}
      act={resume}
      button={{ type: 'primary' }}
    >
      {mayDrain && <AlsoDrain />}
    </ReasonButton>
  )
}
