/** One plan: what it holds, how far it is, and what may be done to it. */
import { Alert, Card, Col, Descriptions, Flex, Row, Segmented, Table, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { nameOf } from '../../parts/actor.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { Screen } from '../../parts/screen.tsx'
import { shortType } from '../../parts/short-type.ts'
import { useFilters } from '../../parts/use-filters.ts'
import { FilterTags } from './filter-tags.tsx'
import { PlanActions } from './plan-actions.tsx'
import { PlanItems, useItemColumns } from './plan-items.tsx'
import { many, type Plan, PlanBar, PlanStateTag } from './plan-parts.tsx'

function Counted(props: {
  readonly title: string
  readonly first: string
  readonly rows: readonly {
    readonly name: ReactNode
    readonly key: string
    readonly count: number
  }[]
}) {
  const { t, i18n } = useTranslation()
  if (props.rows.length === 0) return null
  return (
    <Col xs={24} md={12} xl={8}>
      <Card size="small" title={props.title} styles={{ body: { padding: 0 } }}>
        <Table
          size="small"
          rowKey="key"
          pagination={false}
          scroll={{ y: 220 }}
          dataSource={[...props.rows]}
          columns={[
            { title: props.first, dataIndex: 'name', ellipsis: true },
            {
              title: t('plans.columns.count'),
              dataIndex: 'count',
              width: 90,
              align: 'right',
              render: (count: number) => many(count, i18n.language),
            },
          ]}
        />
      </Card>
    </Col>
  )
}

const code = (text: string): ReactNode => <span className="mono">{text}</span>

function Groups({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const { summary, failures } = plan
  return (
    <Row gutter={[12, 12]}>
      <Counted
        title={t('plans.groups.failures')}
        first={t('plans.columns.code')}
        rows={failures.map((one) => ({
          key: `${one.result} ${one.code}`,
          name: (
            <>
              {t(`plans.result.${one.result}`)}: {code(one.code)}
            </>
          ),
          count: one.count,
        }))}
      />
      <Counted
        title={t('plans.groups.systems')}
        first={t('plans.columns.system')}
        rows={(summary?.systems ?? []).map(({ system, count }) => ({
          ...{ key: system, name: system, count },
        }))}
      />
      <Counted
        title={t('plans.groups.codes')}
        first={t('plans.columns.code')}
        rows={(summary?.codes ?? []).map((one) => ({
          key: one.code ?? '',
          name: one.code ? code(one.code) : t('plans.groups.noCode'),
          count: one.count,
        }))}
      />
      <Counted
        title={t('plans.groups.agencies')}
        first={t('plans.columns.agency')}
        rows={(summary?.groups ?? []).map(({ agency, type, count }) => ({
          key: `${agency} ${type}`,
          name: `${agency ?? '–'} · ${shortType(type)}`,
          count,
        }))}
      />
    </Row>
  )
}

function Conflicts({ plan }: { readonly plan: Plan }) {
  const { t, i18n } = useTranslation()
  const conflicts = plan.summary?.conflicts ?? []
  if (conflicts.length === 0) return null
  const total = conflicts.reduce((sum, { count }) => sum + count, 0)
  return (
    <Alert
      type="warning"
      showIcon
      title={`${t('plans.conflicts')}: ${many(total, i18n.language)}`}
      description={
        <>
          <p style={{ marginTop: 0 }}>{t('plans.conflictsHelp')}</p>
          {conflicts.map((one) => (
            <div key={one.code}>
              {code(one.code)}: {many(one.count, i18n.language)}
            </div>
          ))}
        </>
      }
    />
  )
}

function Facts({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const perMinute = (count: number | null) =>
    count === null ? '–' : t('plans.progress.perMinute', { count })
  const isOver = plan.state === 'finished' || plan.state === 'cancelled'
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2, xl: 4 }}
      items={[
        ...(isOver
          ? []
          : [
              {
                key: 'left',
                label: t('plans.progress.left'),
                children:
                  plan.minutesLeft === null
                    ? '–'
                    : plan.minutesLeft < 1
                      ? t('plans.progress.moment')
                      : t('plans.progress.minutes', { count: Math.round(plan.minutesLeft) }),
              },
              {
                key: 'ends',
                label: t('plans.progress.ends'),
                children: <Moment at={plan.endsAt ?? plan.startAt} />,
              },
            ]),
        { key: 'rate', label: t('plans.progress.rate'), children: perMinute(plan.ratePerMinute) },
        ...(plan.measuredPerMinute === null
          ? []
          : [
              {
                key: 'measured',
                label: t('plans.progress.measured'),
                children: perMinute(plan.measuredPerMinute),
              },
            ]),
        { key: 'by', label: t('plans.columns.by'), children: nameOf(plan.createdBy) },
        {
          key: 'created',
          label: t('plans.columns.created'),
          children: <Moment at={plan.createdAt} />,
        },
        { key: 'reason', label: t('plans.columns.reason'), children: plan.reason },
      ]}
    />
  )
}

function Sample({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const columns = useItemColumns()
  if (plan.sample.length === 0) return null
  return (
    <Card size="small" title={t('plans.groups.sample')} styles={{ body: { padding: 0 } }}>
      <Table
        size="small"
        rowKey="id"
        columns={columns.map(({ title, width, render }) => ({
          ...{ title, width },
          render: (_: unknown, row: (typeof plan.sample)[number]) => render(row),
        }))}
        dataSource={[...plan.sample]}
        pagination={false}
        scroll={{ x: 1150 }}
      />
    </Card>
  )
}

function Overview({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <Flex vertical gap={12}>
      {plan.stopped && plan.state === 'paused' && (
        <Alert
          type={plan.stopped.code ? 'error' : 'info'}
          showIcon
          title={`${t('plans.stopped')} (${nameOf(plan.stopped.by)})`}
          description={own(plan.stopped.reason)}
        />
      )}
      {plan.state === 'finished' && plan.counts.total === 0 && (
        <Alert type="info" showIcon title={t('plans.nothing')} />
      )}
      <Card size="small">
        <PlanBar counts={plan.counts} legend />
        <div style={{ marginTop: 12 }}>
          <Facts plan={plan} />
          <div style={{ height: 8 }} />
          <FilterTags filter={plan.filter} />
        </div>
      </Card>
      <Conflicts plan={plan} />
      <Groups plan={plan} />
      <Sample plan={plan} />
    </Flex>
  )
}

export default function PlanScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { filters, change } = useFilters(['view', 'result'])
  const view = filters.view === 'items' ? 'items' : 'overview'
  const question = api.useQuery('get', '/api/v1/plans/{id}', { params: { path: { id } } })
  const plan = question.data
  return (
    <Screen
      title={
        plan
          ? `${t('plans.number', { id })}: ${t(`plans.action.${plan.action}`)}`
          : t('plans.number', { id })
      }
      lead={
        plan && (
          <Flex gap={8} wrap align="baseline">
            <PlanStateTag state={plan.state} />
            <Typography.Text type="secondary">{t(`plans.stateHelp.${plan.state}`)}</Typography.Text>
          </Flex>
        )
      }
      actions={plan && <PlanActions plan={plan} />}
    >
      <Segmented
        style={{ alignSelf: 'start' }}
        value={view}
        onChange={(value) => change({ view: value === 'items' ? 'items' : '', result: '' })}
        options={[
          { value: 'overview', label: t('plans.overview') },
          { value: 'items', label: t('plans.items') },
        ]}
      />
      <Loaded of={question}>
        {(known) => (view === 'items' ? <PlanItems id={id} /> : <Overview plan={known} />)}
      </Loaded>
    </Screen>
  )
}
