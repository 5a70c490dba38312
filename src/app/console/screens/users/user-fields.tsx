/** What somebody decides about a user: the items of a form. */
import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useOwnWords } from '../../parts/own-words.ts'
import type { RoleName } from './reach.ts'

export interface UserFields {
  readonly title: string
  readonly email: string | undefined
  readonly roles: RoleName[]
  readonly mayReveal: boolean
  readonly mayRedrive: boolean
  readonly units: string[]
  readonly systems: string[]
}

export function useRoles() {
  const own = useOwnWords()
  const { data } = api.useQuery('get', '/api/v1/rights', {}, { staleTime: 600_000 })
  return (data?.roles ?? []).map(({ name, title, what }) => ({
    value: name,
    label: own(title),
    what: own(what),
  }))
}

export function UserFieldItems() {
  const { t } = useTranslation()
  const roles = useRoles()
  const needed = [{ required: true, message: t('users.fields.required') }]
  return (
    <>
      <Form.Item name="title" label={t('users.fields.title')} rules={needed}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="email" label={t('users.fields.email')}>
        <Input type="email" maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="roles" label={t('users.fields.roles')} rules={needed}>
        <Select
          mode="multiple"
          options={roles}
          optionRender={({ data }) => (
            <div>
              <div>{data.label}</div>
              <div style={{ whiteSpace: 'normal', opacity: 0.75 }}>{data.what}</div>
            </div>
          )}
        />
      </Form.Item>
      <Form.Item label={t('users.fields.own')} style={{ marginBottom: 8 }}>
        <Form.Item name="mayReveal" valuePropName="checked" noStyle>
          <Checkbox>{t('users.reveal')}</Checkbox>
        </Form.Item>
        <Form.Item name="mayRedrive" valuePropName="checked" noStyle>
          <Checkbox>{t('users.redrive')}</Checkbox>
        </Form.Item>
      </Form.Item>
      <Form.Item name="units" label={t('users.fields.units')} extra={t('users.fields.unitsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item
        name="systems"
        label={t('users.fields.systems')}
        extra={t('users.fields.systemsHelp')}
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </>
  )
}
