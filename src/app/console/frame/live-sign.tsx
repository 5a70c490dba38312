/** Whether what is shown follows what happens. */
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LiveState } from '../api/live.ts'

export function LiveSign({ state, isWide }: { state: LiveState; isWide: boolean }) {
  const { t } = useTranslation()
  return (
    <Tooltip title={t(`frame.live.${state}Help`)}>
      <span role="status" className={`live live-${state}`}>
        <span className={isWide ? undefined : 'unseen'}>{t(`frame.live.${state}`)}</span>
      </span>
    </Tooltip>
  )
}
