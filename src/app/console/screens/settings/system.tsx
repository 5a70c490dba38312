/** The settings of one system. */
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Screen } from '../../parts/screen.tsx'
import { WholeReach } from '../../parts/whole-reach.tsx'
import { SettingsEditor } from './editor.tsx'
import { History } from './history.tsx'

export default function SystemSettings() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const settings = api.useQuery(
    'get',
    '/api/v1/systems/{id}/settings',
    { params: { path: { id } } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, gcTime: 0 },
  )
  return (
    <Screen
      title={`${t('frame.screens.systemSettings')}: ${id}`}
      lead={t('settings.jobLead')}
      actions={<Link to={`/systems/${id}`}>{t('frame.screens.system')}</Link>}
    >
      <WholeReach>
        <Loaded of={settings}>
          {({ yaml, revision }) => (
            <SettingsEditor key={id} kind="systems" {...{ id, yaml, revision }}>
              {() => <History object={`systems/${id}`} />}
            </SettingsEditor>
          )}
        </Loaded>
      </WholeReach>
    </Screen>
  )
}
