/** One job: its settings, a run on history with the draft, what became of it before. */
import { Flex } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { WholeReach } from '../../parts/whole-reach.tsx'
import { Actions as PullActions } from '../systems/jobs.tsx'
import { type Made, SettingsEditor } from './editor.tsx'
import { History } from './history.tsx'
import { TestCard } from './test-card.tsx'
import type { Draft } from './use-draft.ts'
import { newJob } from './yaml-text.ts'

function Below({
  id,
  draft,
  isNew,
}: {
  readonly id: string
  readonly draft: Draft
  readonly isNew: boolean
}) {
  const mayRun = useMay('systems:write')
  const { findings, isBehind, value } = draft
  const kind = value.kind === 'pull' ? 'pull' : 'push'
  const isSound = !isBehind && findings?.faults.length === 0
  const differs = (findings?.changes.length ?? 0) > 0
  return (
    <>
      {mayRun && (
        <TestCard job={id} kind={kind} draft={differs ? value : undefined} isReady={isSound} />
      )}
      {!isNew && <History object={`jobs/${id}`} />}
    </>
  )
}

function Standing({ id }: { readonly id: string }) {
  const pulls = api.useQuery('get', '/api/v1/pulls')
  const pull = pulls.data?.items.find(({ job }) => job === id)
  return pull ? <PullActions of={pull} /> : null
}

interface OfProps {
  readonly id: string
  readonly made: Made | undefined
}

function Existing({ id, made }: OfProps) {
  // What is being edited is not changed under somebody's hands.
  const settings = api.useQuery(
    'get',
    '/api/v1/jobs/{id}/settings',
    { params: { path: { id } } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, gcTime: 0 },
  )
  return (
    <Loaded of={settings}>
      {({ yaml, revision }) => (
        <SettingsEditor key={id} kind="jobs" {...{ id, yaml, revision, made }}>
          {(draft) => <Below id={id} draft={draft} isNew={false} />}
        </SettingsEditor>
      )}
    </Loaded>
  )
}

export default function JobScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { filters, change } = useFilters(['new'])
  const [made, setMade] = useState<Made>()
  const open = (one: Made) => {
    setMade(one)
    change({ new: undefined })
  }
  return (
    <Screen
      title={`${t('frame.screens.job')}: ${id}`}
      lead={t('settings.jobLead')}
      actions={
        <Flex gap={8} wrap align="center">
          {!filters.new && <Standing id={id} />}
          <Link to="/jobs">{t('frame.screens.jobs')}</Link>
        </Flex>
      }
    >
      <WholeReach>
        {filters.new ? (
          <SettingsEditor
            key={id}
            {...{ kind: 'jobs', id, revision: 0 }}
            yaml={newJob(id, filters.new)}
            onMade={open}
          >
            {(draft) => <Below id={id} draft={draft} isNew />}
          </SettingsEditor>
        ) : (
          <Existing id={id} made={made} />
        )}
      </WholeReach>
    </Screen>
  )
}
