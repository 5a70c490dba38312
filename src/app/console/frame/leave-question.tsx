/** Asks before what was typed and not kept is left: within the console, and by leaving it. */
import { Button, Modal } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { hasUnsaved } from '../parts/unsaved.ts'

export function LeaveQuestion() {
  const { t } = useTranslation()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      hasUnsaved() && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (hasUnsaved()) event.preventDefault()
    }
    addEventListener('beforeunload', onLeave)
    return () => removeEventListener('beforeunload', onLeave)
  }, [])
  const stay = () => blocker.reset?.()
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={t('frame.leave.title')}
      onCancel={stay}
      footer={[
        <Button key="go" danger onClick={() => blocker.proceed?.()}>
          {t('frame.leave.go')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={stay}>
          {t('frame.leave.stay')}
        </Button>,
      ]}
    >
      {t('frame.leave.text')}
    </Modal>
  )
}
