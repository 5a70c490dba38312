/** What is done about several problems at once, one after the other: a second try goes on with those that are left. */
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'
import { useSession } from '../../api/session.ts'
import { ReasonButton } from '../../parts/reason-button.tsx'

interface ChosenProps {
  readonly problems: readonly Schemas['DeliveryProblem'][]
}

export function AcknowledgeChosen({ problems }: ChosenProps) {
  const { t } = useTranslation()
  const change = useChange()
  const open = problems.filter(({ status }) => status === 'open')
  const acknowledge = async (body: { readonly reason: string }) => {
    for (const { id } of open)
      await change('/api/v1/problems/{id}/acknowledge', { path: { id: String(id) }, body })
  }
  if (open.length === 0) return null
  return (
    <ReasonButton
      label={t('problems.chosen.acknowledge', { count: open.length })}
      explains={t('problems.act.acknowledgeHelp')}
      act={acknowledge}
    />
  )
}

export function AssignChosen({ problems }: ChosenProps) {
  const { t } = useTranslation()
  const change = useChange()
  const me = useSession().data?.user.name
  const left = problems.filter(({ status }) => status !== 'resolved')
  if (left.length === 0) return null
  return (
    <ReasonButton<{ readonly owner?: string }>
      label={t('problems.chosen.assign', { count: left.length })}
      initial={{ owner: me ?? '' }}
      act={async ({ owner: typed = '', reason }) => {
        const owner = typed.trim() || null
        for (const problem of left)
          if (problem.owner !== owner)
            await change('/api/v1/problems/{id}/assign', {
              path: { id: String(problem.id) },
              body: { owner, reason },
            })
      }}
    >
      <Form.Item name="owner" label={t('problems.act.owner')}>
        <Input maxLength={100} />
      </Form.Item>
    </ReasonButton>
  )
}
