/** The menu of a narrow screen. */
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface MenuDrawerProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

export default function MenuDrawer({ isOpen, onClose, children }: MenuDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer open={isOpen} placement="left" size={260} title={t('frame.menu')} onClose={onClose}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a link inside was followed */}
      <div onClick={onClose}>{children}</div>
    </Drawer>
  )
}
