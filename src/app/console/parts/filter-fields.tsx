/** What one filters a list by. */
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useMay } from '../api/session.ts'

interface FieldProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

interface NamedProps extends FieldProps {
  readonly label: string
  readonly width?: number
}

/** Searches when Enter is pressed or the field is emptied, not at each letter. */
export function TextFilter({ label, value = '', onChange, width = 200 }: NamedProps) {
  return (
    <Input.Search
      // Follows the address when one goes back.
      key={value}
      allowClear
      defaultValue={value}
      placeholder={label}
      aria-label={label}
      onSearch={(text) => onChange(text.trim())}
      style={{ width }}
    />
  )
}

interface ChoiceProps extends NamedProps {
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export function ChoiceFilter({ label, value, onChange, options, width = 170 }: ChoiceProps) {
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      placeholder={label}
      aria-label={label}
      options={[...options]}
      onChange={(chosen: string | null) => onChange(chosen ?? undefined)}
      style={{ width }}
    />
  )
}

export function SystemFilter(props: FieldProps) {
  const { t } = useTranslation()
  const { data } = api.useQuery('get', '/api/v1/systems', {}, { enabled: useMay('systems:read') })
  const options = (data?.items ?? []).map(({ id }) => ({ value: id, label: id }))
  return <ChoiceFilter {...props} label={t('parts.system')} options={options} />
}
