/** The studio: one job, one real message, and what would become of it. */
import { Card, Col, Flex, Input, Row, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { WholeReach } from '../../parts/whole-reach.tsx'
import { OneMessage } from './studio-message.tsx'
import { Newest, OfDossier } from './studio-messages.tsx'
import { TestCard } from './test-card.tsx'

type Job = Schemas['Job']

const names = ['job', 'dossier', 'message'] as const

function Bench({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const { filters, change } = useFilters(names)
  const job = jobs.find(({ id }) => id === filters.job)
  const choose = (message: string) => change({ message })
  return (
    <>
      <Flex gap={8} wrap align="center">
        <Select
          aria-label={t('studio.job')}
          placeholder={t('studio.chooseJob')}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 360, maxWidth: '100%' }}
          value={job?.id ?? null}
          onChange={(id) => change({ job: id ?? undefined, message: undefined })}
          options={jobs.map(({ id, title, system }) => ({
            value: id,
            label: `${own(title)} → ${system} (${id})`,
          }))}
        />
        {job && (
          <>
            <Input.Search
              key={filters.dossier ?? ''}
              aria-label={t('studio.dossier')}
              placeholder={`${t('studio.dossier')}. ${t('studio.dossierHelp')}`}
              allowClear
              style={{ width: 460, maxWidth: '100%' }}
              defaultValue={filters.dossier}
              onSearch={(value) => change({ dossier: value.trim(), message: undefined })}
            />
            <Link to={`/jobs/${job.id}`}>{t('studio.edit')}</Link>
          </>
        )}
      </Flex>
      {!job && <EmptyView title={t('studio.noJob.title')} next={t('studio.noJob.next')} />}
      {job && (
        <Row gutter={[16, 16]}>
          <Col xs={24} xl={6}>
            <Card size="small" title={t('studio.messages')}>
              {filters.dossier ? (
                <OfDossier job={job} code={filters.dossier} at={filters.message} choose={choose} />
              ) : (
                <Newest job={job} at={filters.message} choose={choose} />
              )}
            </Card>
          </Col>
          <Col xs={24} xl={18}>
            <Flex vertical gap={12}>
              {filters.message && (
                <OneMessage key={filters.message} job={job} message={filters.message} />
              )}
              <TestCard key={job.id} job={job.id} kind="push" draft={undefined} isReady />
            </Flex>
          </Col>
        </Row>
      )}
    </>
  )
}

export default function Studio() {
  const { t } = useTranslation()
  const jobs = api.useQuery('get', '/api/v1/jobs')
  return (
    <Screen title={t('frame.screens.studio')} lead={t('studio.lead')}>
      <WholeReach>
        <Loaded of={jobs}>
          {({ items }) => <Bench jobs={items.filter(({ kind }) => kind === 'push')} />}
        </Loaded>
      </WholeReach>
    </Screen>
  )
}
