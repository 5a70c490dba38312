/** The same correction for many messages: what is chosen by the address, changed step by step, and looked at first. */
import { Button, Card, Flex, Form, type FormInstance, Input, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useChange } from '../../api/change.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useUnsaved } from '../../parts/unsaved.ts'
import { useFilters } from '../../parts/use-filters.ts'
import type { Correction } from './corrections.tsx'
import { FilterTags, filterNames, filterOf } from './filter-tags.tsx'

interface Step {
  readonly pointer: string
  readonly kind: 'text' | 'json'
  readonly from?: string
  readonly to?: string
}
interface Given {
  readonly steps: readonly Step[]
  readonly reason: string
}

/** A procedure's code looks like a number and is text: so all is text, unless somebody says otherwise. */
const newStep: Step = { pointer: '', kind: 'text' }

/** Nothing is no value. */
function readValue(kind: Step['kind'], text = ''): unknown {
  if (text === '') return undefined
  return kind === 'json' ? JSON.parse(text) : text
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function stepOf({ pointer, kind, from, to }: Step) {
  const [before, after] = [readValue(kind, from), readValue(kind, to)]
  return {
    pointer,
    ...(before !== undefined && { from: before }),
    ...(after !== undefined && { to: after }),
  }
}

function Steps({ form }: { readonly form: FormInstance<Given> }) {
  const { t } = useTranslation()
  /** Said before anything is sent. */
  const fits = (step: number) => ({
    validator: (_: unknown, text = '') => {
      const kind = form.getFieldValue(['steps', step, 'kind']) as Step['kind']
      return kind === 'text' || text === '' || isJson(text)
        ? Promise.resolve()
        : Promise.reject(new Error(t('corrections.many.jsonWrong')))
    },
  })
  return (
    <Form.List name="steps">
      {(rows, { add, remove }) => (
        <Flex vertical gap={8}>
          {rows.map((row) => (
            <Flex key={row.key} gap={8} wrap align="start">
              <Form.Item
                name={[row.name, 'pointer']}
                label={t('corrections.many.pointer')}
                extra={t('corrections.many.pointerHelp')}
                rules={[
                  { required: true, pattern: /^\/./, message: t('corrections.many.pointerWrong') },
                ]}
                style={{ flex: '2 1 260px', marginBottom: 0 }}
              >
                <Input className="mono" />
              </Form.Item>
              <Form.Item
                name={[row.name, 'kind']}
                label={t('corrections.many.kind')}
                tooltip={t('corrections.many.kindHelp')}
                style={{ flex: '0 1 120px', marginBottom: 0 }}
              >
                <Select
                  options={[
                    { value: 'text', label: t('corrections.many.text') },
                    { value: 'json', label: t('corrections.many.json') },
                  ]}
                />
              </Form.Item>
              <Form.Item
                name={[row.name, 'from']}
                dependencies={[['steps', row.name, 'kind']]}
                rules={[fits(row.name)]}
                label={t('corrections.many.from')}
                style={{ flex: '1 1 180px', marginBottom: 0 }}
              >
                <Input />
              </Form.Item>
              <Form.Item
                name={[row.name, 'to']}
                dependencies={[['steps', row.name, 'kind']]}
                rules={[fits(row.name)]}
                label={t('corrections.many.to')}
                style={{ flex: '1 1 180px', marginBottom: 0 }}
              >
                <Input />
              </Form.Item>
              {rows.length > 1 && (
                <Button style={{ marginTop: 30 }} onClick={() => remove(row.name)}>
                  {t('corrections.edit.remove')}
                </Button>
              )}
            </Flex>
          ))}
          <Typography.Text type="secondary">{t('corrections.many.emptyHelp')}</Typography.Text>
          <Button style={{ alignSelf: 'start' }} onClick={() => add(newStep)}>
            {t('corrections.many.add')}
          </Button>
        </Flex>
      )}
    </Form.List>
  )
}

export default function CorrectMany() {
  const { t } = useTranslation()
  const { filters } = useFilters(filterNames)
  const go = useNavigate()
  const change = useChange()
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const [isTyped, setTyped] = useState(false)
  useUnsaved(isTyped && !isBusy)
  const [form] = Form.useForm<Given>()
  const preview = async ({ steps, reason }: Given) => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    try {
      const made = await change<Correction>('/api/v1/corrections', {
        body: { filter: filterOf(filters), steps: steps.map(stepOf), reason },
      })
      await go(`/corrections/${made.id}`)
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <Screen title={t('corrections.many.title')} lead={t('corrections.many.lead')}>
      <Card size="small" title={t('plans.filter.title')}>
        <FilterTags filter={filterOf(filters)} />
      </Card>
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{ steps: [newStep] }}
        onValuesChange={() => setTyped(true)}
        onFinish={(given) => void preview(given)}
      >
        <Steps form={form} />
        <Form.Item
          name="reason"
          label={t('parts.reason.label')}
          extra={t('parts.reason.help')}
          style={{ maxWidth: 640, marginTop: 16 }}
          rules={[{ required: true, min: 5, whitespace: true, message: t('parts.reason.missing') }]}
        >
          <Input.TextArea rows={2} maxLength={500} showCount />
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
          disabled={Object.keys(filters).length === 0}
        >
          {t('corrections.many.preview')}
        </Button>
      </Form>
    </Screen>
  )
}
