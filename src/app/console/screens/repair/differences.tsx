/** Where two messages differ. */
import { Table, Typography } from 'antd'
import { useTranslation } from 'react-i18next'

export interface Difference {
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}

/** What a JSON Pointer names in it; undefined: nothing. */
export const valueAt = (of: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? (value as Readonly<Record<string, unknown>>)[name]
          : undefined,
      of,
    )

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 1)

function Value({ value, isOld }: { readonly value: unknown; readonly isOld: boolean }) {
  if (value === undefined) return <Typography.Text type="secondary">–</Typography.Text>
  return (
    <Typography.Text
      {...(isOld ? { delete: true, type: 'secondary' as const } : { type: 'success' as const })}
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {shown(value)}
    </Typography.Text>
  )
}

export function Differences({ changes }: { readonly changes: readonly Difference[] }) {
  const { t } = useTranslation()
  if (changes.length === 0)
    return <Typography.Text type="secondary">{t('corrections.edit.unchanged')}</Typography.Text>
  return (
    <Table
      size="small"
      rowKey="pointer"
      pagination={false}
      scroll={{ x: 420, y: 320 }}
      dataSource={[...changes]}
      columns={[
        {
          title: t('corrections.columns.field'),
          dataIndex: 'pointer',
          render: (pointer: string) => (
            <span className="mono" style={{ overflowWrap: 'anywhere' }}>
              {pointer}
            </span>
          ),
        },
        {
          title: t('corrections.columns.before'),
          render: (_, row) => <Value value={row.before} isOld />,
        },
        {
          title: t('corrections.columns.after'),
          render: (_, row) => <Value value={row.after} isOld={false} />,
        },
      ]}
    />
  )
}
