/** What may be done about a problem, by those who may. */
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useChange } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.ts'
import { ActionButton } from '../../parts/action-button.tsx'
import { inVietnam } from '../../parts/in-vietnam.ts'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { useEveryUnit, useWholeReach } from '../../parts/whole-reach.tsx'

interface Of {
  readonly of: Schemas['DeliveryProblemDetail']
}
const path = '/api/v1/problems/{id}'

function AssignButton({ of }: Of) {
  const { t } = useTranslation()
  const change = useChange()
  const me = useSession().data?.user.name
  return (
    <ReasonButton<{ readonly owner?: string }>
      label={t('problems.act.assign')}
      initial={{ owner: of.owner ?? me ?? '' }}
      act={({ owner = '', reason }) =>
        change(`${path}/assign`, {
          path: { id: String(of.id) },
          body: { owner: owner.trim() || null, reason },
        })
      }
    >
      <Form.Item name="owner" label={t('problems.act.owner')}>
        <Input maxLength={100} />
      </Form.Item>
    </ReasonButton>
  )
}

function MuteButton({ of }: Of) {
  const { t } = useTranslation()
  const change = useChange()
  return (
    <ReasonButton<{ readonly until: string }>
      label={t('problems.act.mute')}
      act={({ until, reason }) =>
        change(`${path}/mute`, {
          path: { id: String(of.id) },
          body: { until: inVietnam(until), reason },
        })
      }
    >
      <Form.Item name="until" label={t('problems.act.until')} rules={[{ required: true }]}>
        <Input type="datetime-local" style={{ width: 220 }} />
      </Form.Item>
    </ReasonButton>
  )
}

export function ProblemActions({ of }: Of) {
  const { t } = useTranslation()
  const mayRepair = useMay('deliveries:write')
  const reachesAll = useEveryUnit()
  const mayAct = useMay('systems:write') && reachesAll
  const id = String(of.id)
  const isOpen = of.status !== 'resolved'
  const { table, code } = of.lacking ?? {}
  const isWhole = useWholeReach()
  const addable =
    useMay('catalogues:write') && isWhole && table && code
      ? new URLSearchParams({ table, from: code, problem: id })
      : undefined
  return (
    <>
      {addable && (
        <Link to={`/codes?${addable}`}>
          <Button type="primary">{t('problems.act.addCode')}</Button>
        </Link>
      )}
      {mayRepair && of.open > 0 && (
        <>
          <Link to={`/plans/new?problem=${id}`}>
            <Button type={addable ? 'default' : 'primary'}>{t('problems.act.plan')}</Button>
          </Link>
          <Link to={`/corrections/new?problem=${id}`}>
            <Button>{t('problems.act.correct')}</Button>
          </Link>
        </>
      )}
      {mayAct && isOpen && (
        <>
          {of.status === 'open' && (
            <ActionButton
              label={t('problems.act.acknowledge')}
              explains={t('problems.act.acknowledgeHelp')}
              path={`${path}/acknowledge`}
              of={id}
              hotkey="a"
            />
          )}
          <AssignButton of={of} />
          {of.status === 'muted' ? (
            <ActionButton label={t('problems.act.unmute')} path={`${path}/unmute`} of={id} />
          ) : (
            <MuteButton of={of} />
          )}
          <ActionButton
            label={t('problems.act.resolve')}
            explains={t('problems.act.resolveHelp')}
            path={`${path}/resolve`}
            of={id}
          />
        </>
      )}
      {mayAct && (
        <ActionButton
          label={t('problems.act.note')}
          explains={t('problems.act.noteText')}
          path={`${path}/note`}
          of={id}
          hotkey="n"
        />
      )}
    </>
  )
}
