/** What somebody decides about a client: the items of a form. */
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useScopeChoices } from './rights.ts'

export interface ClientFields {
  readonly title: string
  readonly scopes: string[]
  readonly sources: string[]
  readonly types: string[]
}

export function ClientFieldItems() {
  const { t } = useTranslation()
  const scopes = useScopeChoices()
  const needed = [{ required: true, message: t('clients.fields.required') }]
  return (
    <>
      <Form.Item name="title" label={t('clients.fields.title')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="scopes" label={t('clients.fields.scopes')} rules={needed}>
        <Select
          mode="tags"
          options={scopes}
          optionRender={({ data }) => (
            <div>
              <div className="mono">{data.value}</div>
              <div style={{ whiteSpace: 'normal', opacity: 0.75 }}>{data.title}</div>
            </div>
          )}
        />
      </Form.Item>
      <Form.Item
        name="sources"
        label={t('clients.fields.sources')}
        extra={t('clients.fields.sourcesHelp')}
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item
        name="types"
        label={t('clients.fields.types')}
        extra={t('clients.fields.typesHelp')}
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </>
  )
}
