/** The settings of one system. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { WholeReach } from '../../parts/whole-reach.tsx'
import { type Made, SettingsEditor } from './editor.tsx'
import { History } from './history.tsx'
import { newSystem } from './yaml-text.ts'

interface OfProps {
  readonly id: string
  readonly made: Made | undefined
}

function Existing({ id, made }: OfProps) {
  const settings = api.useQuery(
    'get',
    '/api/v1/systems/{id}/settings',
    { params: { path: { id } } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, gcTime: 0 },
  )
  return (
    <Loaded of={settings}>
      {({ yaml, revision }) => (
        <SettingsEditor key={id} kind="systems" {...{ id, yaml, revision, made }}>
          {() => <History object={`systems/${id}`} />}
        </SettingsEditor>
      )}
    </Loaded>
  )
}

export default function SystemSettings() {
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
      title={`${t('frame.screens.systemSettings')}: ${id}`}
      lead={t('settings.jobLead')}
      actions={!filters.new && <Link to={`/systems/${id}`}>{t('settings.toSystem')}</Link>}
    >
      <WholeReach>
        {filters.new ? (
          <SettingsEditor
            key={id}
            {...{ kind: 'systems', id, revision: 0 }}
            yaml={newSystem(id)}
            onMade={open}
          />
        ) : (
          <Existing id={id} made={made} />
        )}
      </WholeReach>
    </Screen>
  )
}
