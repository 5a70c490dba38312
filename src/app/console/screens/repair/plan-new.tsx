/** A new plan: of what the address chooses. */
import { Button, Card, Flex, Form, Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useChange } from '../../api/change.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { inVietnam } from '../../parts/in-vietnam.ts'
import { Screen } from '../../parts/screen.tsx'
import { useUnsaved } from '../../parts/unsaved.ts'
import { useFilters } from '../../parts/use-filters.ts'
import { FilterTags, filterNames, filterOf } from './filter-tags.tsx'
import type { Plan, PlanAction } from './plan-parts.tsx'

const actions = [
  ...(['redrive', 'discard', 'hold', 'release'] as const),
  ...(['confirm-delivered', 'send-again', 'give-up'] as const),
] satisfies readonly PlanAction[]

/** Of an action that starts from several states, and a filter that names none. */
const openStates = ['dead', 'held', 'waiting'] as const

interface Given {
  readonly action: (typeof actions)[number]
  readonly state?: string
  readonly ratePerMinute?: number | null
  readonly begin: 'read' | 'now' | 'at'
  readonly at?: string
  readonly reason: string
}

function When() {
  const { t } = useTranslation()
  const begin = Form.useWatch<Given['begin']>('begin')
  return (
    <>
      <Form.Item name="begin" label={t('plans.form.begin')}>
        <Radio.Group>
          <Flex vertical gap={4}>
            <Radio value="read">{t('plans.form.beginRead')}</Radio>
            <Radio value="now">{t('plans.form.beginNow')}</Radio>
            <Radio value="at">{t('plans.form.beginAt')}</Radio>
          </Flex>
        </Radio.Group>
      </Form.Item>
      {begin === 'at' && (
        <Form.Item
          name="at"
          label={t('plans.form.at')}
          rules={[
            {
              validator: async (_, at?: string) => {
                if (!at || Date.parse(inVietnam(at)) <= Date.now())
                  throw new Error(t('plans.form.atMissing'))
              },
            },
          ]}
        >
          <Input type="datetime-local" style={{ width: 220 }} />
        </Form.Item>
      )}
    </>
  )
}

export default function NewPlan() {
  const { t } = useTranslation()
  const { filters } = useFilters([...filterNames, 'action'])
  const { action: asked, ...chosen } = filters
  const go = useNavigate()
  const change = useChange()
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const [isTyped, setTyped] = useState(false)
  useUnsaved(isTyped && !isBusy)
  const [form] = Form.useForm<Given>()
  const action = Form.useWatch('action', form) ?? 'redrive'
  const isNamed = chosen.state ?? chosen.problem ?? chosen.ids ?? chosen.plan
  const needsState = action === 'discard' && isNamed === undefined

  const create = async ({ reason, begin, at, ratePerMinute, state }: Given) => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    const filter = { ...filterOf(chosen), ...(needsState && { state: state ?? 'dead' }) }
    try {
      const plan = await change<Plan>('/api/v1/plans', {
        body: {
          ...{ action, filter, reason },
          ...(begin === 'now' && { paused: false }),
          ...(begin === 'at' && at && { startAt: inVietnam(at) }),
          ...(ratePerMinute && { ratePerMinute }),
        },
      })
      await go(`/plans/${plan.id}`)
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <Screen title={t('frame.screens.planNew')} lead={t('plans.lead')}>
      <Card title={t('plans.filter.title')} size="small">
        <FilterTags filter={filterOf(chosen)} />
        <p style={{ marginBottom: 0 }}>{t('plans.filter.help')}</p>
      </Card>
      <Form<Given>
        form={form}
        layout="vertical"
        style={{ maxWidth: 640 }}
        initialValues={{ action: asked ?? 'redrive', begin: 'read', state: 'dead' }}
        onValuesChange={() => setTyped(true)}
        onFinish={(given) => void create(given)}
      >
        <Form.Item
          name="action"
          label={t('plans.form.action')}
          extra={t(`plans.actionHelp.${action}`)}
        >
          <Select
            options={actions.map((value) => ({ value, label: t(`plans.action.${value}`) }))}
          />
        </Form.Item>
        {needsState && (
          <Form.Item name="state" label={t('plans.form.state')}>
            <Select
              options={openStates.map((value) => ({ value, label: t(`parts.state.${value}`) }))}
            />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('parts.reason.label')}
          extra={t('parts.reason.help')}
          rules={[{ required: true, min: 5, whitespace: true, message: t('parts.reason.missing') }]}
        >
          <Input.TextArea autoFocus rows={2} maxLength={500} showCount />
        </Form.Item>
        <When />
        <Form.Item
          name="ratePerMinute"
          label={t('plans.form.rate')}
          extra={t('plans.form.rateHelp')}
        >
          <InputNumber min={1} max={60_000} style={{ width: 160 }} />
        </Form.Item>
        {fault !== undefined && (
          <Form.Item>
            <FaultView error={fault} />
          </Form.Item>
        )}
        <Button
          type="primary"
          htmlType="submit"
          loading={isBusy}
          disabled={Object.keys(chosen).length === 0}
        >
          {t('plans.create')}
        </Button>
      </Form>
    </Screen>
  )
}
