import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Screen } from '../../parts/screen.tsx'
import { AddObject } from '../settings/add-object.tsx'
import { SystemsTable } from './systems-table.tsx'

export default function Systems() {
  const { t } = useTranslation()
  const systems = api.useQuery('get', '/api/v1/systems')
  return (
    <Screen
      title={t('frame.screens.systems')}
      lead={t('systems.lead')}
      actions={<AddObject kind="systems" />}
    >
      <Loaded of={systems}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('systems.empty.title')} next={t('systems.empty.next')} />
          ) : (
            <SystemsTable of={items} />
          )
        }
      </Loaded>
    </Screen>
  )
}
