/** One problem: whose side it is on, why, what to do next, and what is known about it. */
import { Alert, Button, Card, Col, Descriptions, Flex, Row, Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { Screen } from '../../parts/screen.tsx'
import { SideTag } from '../../parts/tags.tsx'
import { ProblemActions } from './problem-actions.tsx'
import {
  ChangesCard,
  NotesCard,
  type Problem,
  SampleCard,
  SimilarCard,
  TrendCard,
} from './problem-proofs.tsx'

function Facts({ of }: { readonly of: Problem }) {
  const { t } = useTranslation()
  return (
    <Card size="small">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={[
          {
            key: 'open',
            label: t('problems.fact.open'),
            children: t('problems.fact.openOf', { open: of.open, dossiers: of.dossiers }),
          },
          {
            key: 'total',
            label: t('problems.fact.total'),
            children: t('problems.fact.times', { count: of.total }),
          },
          {
            key: 'reopened',
            label: t('problems.fact.reopened'),
            children: t('problems.fact.times', { count: of.reopened }),
          },
          {
            key: 'first',
            label: t('problems.fact.first'),
            children: <Moment at={of.firstSeen} />,
          },
          { key: 'last', label: t('problems.fact.last'), children: <Moment at={of.lastSeen} /> },
          { key: 'owner', label: t('problems.columns.owner'), children: of.owner ?? '–' },
          {
            key: 'code',
            label: t('problems.fact.code'),
            children: (
              <Tooltip title={t('parts.codeHelp')}>
                <code>{of.code}</code>
              </Tooltip>
            ),
          },
          { key: 'operation', label: t('problems.fact.operation'), children: of.operation },
          { key: 'remote', label: t('problems.fact.remote'), children: of.remoteCode ?? '–' },
          ...(of.mutedUntil
            ? [
                {
                  key: 'muted',
                  label: t('problems.fact.mutedUntil'),
                  children: <Moment at={of.mutedUntil} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

function Body({ of }: { readonly of: Problem }) {
  const { t } = useTranslation()
  const mayDeliveries = useMay('deliveries:read')
  const own = useOwnWords()
  return (
    <Flex vertical gap={12}>
      <Alert
        type={of.status === 'resolved' ? 'success' : 'warning'}
        showIcon
        title={
          <Flex gap={8} wrap>
            <SideTag side={of.side} />
            <Tag>{t(`problems.status.${of.status}`)}</Tag>
          </Flex>
        }
        description={
          <span>
            <strong>{t('parts.next')}</strong> {own(of.next)}
          </span>
        }
        action={
          mayDeliveries && (
            <Link to={`/deliveries?problem=${of.id}`}>
              <Button>{t('problems.sample.all')}</Button>
            </Link>
          )
        }
      />
      <Facts of={of} />
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={14}>
          <Flex vertical gap={12}>
            <TrendCard of={of} />
            <SampleCard of={of} />
          </Flex>
        </Col>
        <Col xs={24} lg={10}>
          <Flex vertical gap={12}>
            <NotesCard of={of} />
            <ChangesCard of={of} />
            <SimilarCard of={of} />
          </Flex>
        </Col>
      </Row>
    </Flex>
  )
}

export default function ProblemScreen() {
  const { id = '' } = useParams()
  const own = useOwnWords()
  const problem = api.useQuery('get', '/api/v1/problems/{id}', { params: { path: { id } } })
  return (
    <Loaded of={problem}>
      {(of) => (
        <Screen
          title={own(of.cause)}
          lead={[of.system, of.operation, of.title].filter(Boolean).join(' · ')}
          actions={<ProblemActions of={of} />}
        >
          <Body of={of} />
        </Screen>
      )}
    </Loaded>
  )
}
