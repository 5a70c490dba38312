/** What concerns the whole province is not for those who are limited to a part of it. */
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.ts'

export function useWholeReach(): boolean {
  const { units = [], systems = [] } = useSession().data ?? {}
  return units.length === 0 && systems.length === 0
}

/** What is done to a system or a problem is done to every unit. */
export const useEveryUnit = (): boolean => (useSession().data?.units ?? []).length === 0

export function WholeReach({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  if (useWholeReach()) return children
  return <Alert type="info" showIcon title={t('revisions.unlimited')} />
}
