/** What a list shows, with its filters, as a file. Leaving is on record. */
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'

const formats = ['xlsx', 'csv', 'json'] as const

interface ExportProps {
  /** Of the export, as the API has it. */
  readonly path: string
  readonly query: Readonly<Record<string, string | number | undefined>>
}

export function ExportButton({ path, query }: ExportProps) {
  const { t } = useTranslation()
  const asked = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  const items = formats.map((format) => ({
    key: format,
    label: (
      <a href={`${path}?${new URLSearchParams([...asked, ['format', format]])}`} download>
        {t(`parts.export.${format}`)}
      </a>
    ),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button title={t('parts.export.help')}>{t('parts.export.button')}</Button>
    </Dropdown>
  )
}
