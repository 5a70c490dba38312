/** Why a person is needed: the cause, what to do next, since when, and the ways on. */
import { Alert, Button, Flex, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { Moment } from './moment.tsx'
import { useOwnWords } from './own-words.ts'

interface FailureAlertProps {
  readonly of: Schemas['Failure']
  /** Before the cause: of which system, say. */
  readonly lead?: ReactNode
  /** Beside the link to the problem. */
  readonly children?: ReactNode
}

export function FailureAlert({ of, lead, children }: FailureAlertProps) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const maySeeProblems = useMay('systems:read')
  return (
    <Alert
      type="error"
      showIcon
      title={
        <Flex gap={8} wrap>
          {lead}
          <strong>{own(of.cause)}</strong>
        </Flex>
      }
      description={
        <Flex vertical gap={8}>
          <span>
            <strong>{t('parts.next')}</strong> {own(of.next)}
          </span>
          <Flex gap={8} wrap align="center">
            <Tooltip title={t('parts.codeHelp')}>
              <code>{of.code}</code>
            </Tooltip>
            <span>
              {t('deliveries.failure.since')} <Moment at={of.since} />
            </span>
          </Flex>
          <Flex gap={8} wrap>
            {of.problem !== null && maySeeProblems && (
              <Link to={`/problems/${of.problem}`}>
                <Button>{t('deliveries.failure.problem')}</Button>
              </Link>
            )}
            {children}
          </Flex>
        </Flex>
      }
    />
  )
}
