import { useTranslation } from 'react-i18next'
import { EmptyView } from '../parts/empty-view.tsx'
import { Screen } from '../parts/screen.tsx'

export function Missing() {
  const { t } = useTranslation()
  return (
    <Screen title={t('frame.missing.title')}>
      <EmptyView title={t('frame.missing.title')} next={t('frame.missing.next')} />
    </Screen>
  )
}
