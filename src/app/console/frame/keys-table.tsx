import { Descriptions, Modal, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ScreenRoute } from '../routes.ts'

interface KeysTableProps {
  readonly screens: readonly ScreenRoute[]
  readonly onClose: () => void
}

const Key = ({ of }: { readonly of: string }) => <Typography.Text keyboard>{of}</Typography.Text>

export default function KeysTable({ screens, onClose }: KeysTableProps) {
  const { t } = useTranslation()
  const rows = [
    ['/  Ctrl-K', t('frame.keys.find')],
    ['j  k', t('frame.keys.move')],
    ['Enter', t('frame.keys.open')],
    ['x', t('frame.keys.choose')],
    ['Shift x', t('frame.keys.range')],
    ['[  ]', t('frame.keys.neighbours')],
    ['a', t('frame.keys.acknowledge')],
    ['n', t('frame.keys.note')],
    ['r', t('frame.keys.redrive')],
    ['e', t('frame.keys.edit')],
    ['?', t('frame.keys.help')],
    ...screens.flatMap(({ key, name }) =>
      key ? [[`g ${key}`, `${t('frame.keys.go')}: ${t(`frame.screens.${name}`)}`]] : [],
    ),
  ]
  return (
    <Modal open onCancel={onClose} footer={null} title={t('frame.keys.title')}>
      <Descriptions
        column={1}
        size="small"
        bordered
        items={rows.map(([key = '', label]) => ({ key, label: <Key of={key} />, children: label }))}
      />
    </Modal>
  )
}
