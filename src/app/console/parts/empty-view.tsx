/** An empty screen says what would be here and how to get it. */
import { Empty, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'

interface EmptyProps {
  readonly title: string
  readonly next: string
  readonly children?: ReactNode
}

export function EmptyView({ title, next, children }: EmptyProps) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <Flex vertical gap={4} align="center">
          <Typography.Text strong>{title}</Typography.Text>
          <Typography.Text type="secondary" style={{ maxWidth: 520 }}>
            {next}
          </Typography.Text>
        </Flex>
      }
    >
      {children}
    </Empty>
  )
}
