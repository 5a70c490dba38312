import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

interface LeaveDialogProps {
  readonly onGo: () => void
  readonly onStay: () => void
}

export default function LeaveDialog({ onGo, onStay }: LeaveDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('frame.leave.title')}
      onCancel={onStay}
      footer={[
        <Button key="go" danger onClick={onGo}>
          {t('frame.leave.go')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={onStay}>
          {t('frame.leave.stay')}
        </Button>,
      ]}
    >
      {t('frame.leave.text')}
    </Modal>
  )
}
