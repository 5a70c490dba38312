/** What is done about several problems at once, one after the other. */
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, useAskAnew } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'
import { isApiProblem } from '../../api/fault.ts'
import { useSession } from '../../api/session.ts'
import { ReasonButton } from '../../parts/reason-button.tsx'

interface ChosenProps {
  readonly problems: readonly Schemas['DeliveryProblem'][]
}

/** What somebody has done faster, or a first try had done before it broke off, is done: the others are gone on with. */
function useForEach(verb: 'acknowledge' | 'assign') {
  const askAnew = useAskAnew()
  return async ({ problems }: ChosenProps, body: object) => {
    try {
      for (const { id } of problems)
        await post(`/api/v1/problems/{id}/${verb}`, { path: { id: String(id) }, body }).catch(
          (error: unknown) => {
            if (!isApiProblem(error) || error.code !== 'state-conflict') throw error
          },
        )
    } finally {
      await askAnew()
    }
  }
}

export function AcknowledgeChosen({ problems: chosen }: ChosenProps) {
  const { t } = useTranslation()
  const acknowledge = useForEach('acknowledge')
  const problems = chosen.filter(({ status }) => status === 'open')
  if (problems.length === 0) return null
  return (
    <ReasonButton
      label={t('problems.chosen.acknowledge', { count: problems.length })}
      explains={t('problems.act.acknowledgeHelp')}
      act={(body) => acknowledge({ problems }, body)}
    />
  )
}

export function AssignChosen({ problems: chosen }: ChosenProps) {
  const { t } = useTranslation()
  const assign = useForEach('assign')
  const me = useSession().data?.user.name
  const problems = chosen.filter(({ status }) => status !== 'resolved')
  if (problems.length === 0) return null
  return (
    <ReasonButton<{ readonly owner?: string }>
      label={t('problems.chosen.assign', { count: problems.length })}
      initial={{ owner: me ?? '' }}
      act={({ owner = '', reason }) =>
        assign({ problems }, { owner: owner.trim() || null, reason })
      }
    >
      <Form.Item name="owner" label={t('problems.act.owner')}>
        <Input maxLength={100} />
      </Form.Item>
    </ReasonButton>
  )
}
