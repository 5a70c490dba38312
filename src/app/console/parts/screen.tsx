/** What every screen has: its name (as heading and in the title of the window), its actions, its content. */
import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

interface ScreenProps {
  readonly title: string
  /** One line under the title: what this is. */
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Screen({ title, lead, actions, children }: ScreenProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} – ${t('frame.product')}`
  }, [title, t])
  return (
    <Flex vertical gap={16} style={{ height: '100%', minHeight: 0 }}>
      <Flex justify="space-between" align="start" gap={12} wrap>
        <div>
          <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
            {title}
          </Typography.Title>
          {lead && <Typography.Text type="secondary">{lead}</Typography.Text>}
        </div>
        {actions && (
          <Flex gap={8} wrap>
            {actions}
          </Flex>
        )}
      </Flex>
      {children}
    </Flex>
  )
}
