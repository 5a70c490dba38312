/** A plan at a glance: its state, how far it is. */
import { Flex, Tag, Tooltip, Typography, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'

export type Plan = Schemas['PlanDetail']
export type PlanState = Plan['state']
export type PlanAction = Plan['action']

const colours: Readonly<Record<PlanState, string>> = {
  preparing: 'processing',
  ready: 'gold',
  scheduled: 'gold',
  running: 'processing',
  paused: 'orange',
  finishing: 'processing',
  finished: 'green',
  cancelled: 'default',
}

export function PlanStateTag({ state }: { readonly state: PlanState }) {
  const { t } = useTranslation()
  return (
    <Tooltip title={t(`plans.stateHelp.${state}`)}>
      <Tag color={colours[state]}>{t(`plans.state.${state}`)}</Tag>
    </Tooltip>
  )
}

export const many = (count: number, language: string): string =>
  new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'vi-VN').format(count)

const parts = ['ok', 'failed', 'moved', 'skipped', 'pending'] as const

/** One bar of all, and beside each colour its word and number. */
export function PlanBar({
  counts,
  legend,
}: {
  readonly counts: Plan['counts']
  readonly legend: boolean
}) {
  const { t, i18n } = useTranslation()
  const { token } = theme.useToken()
  const colour: Readonly<Record<(typeof parts)[number], string>> = {
    ok: token.colorSuccess,
    failed: token.colorError,
    moved: token.colorPrimary,
    skipped: token.colorWarning,
    pending: token.colorFillSecondary,
  }
  const done = counts.done + counts.skipped
  const name = t('plans.progress.of', {
    done: many(done, i18n.language),
    total: many(counts.total, i18n.language),
  })
  return (
    <Flex vertical gap={8}>
      <div
        role="progressbar"
        aria-label={t('plans.progress.title')}
        aria-valuemin={0}
        aria-valuemax={counts.total}
        aria-valuenow={done}
        aria-valuetext={name}
        style={{
          ...{ display: 'flex', height: legend ? 14 : 8, borderRadius: 7, overflow: 'hidden' },
          background: token.colorFillSecondary,
        }}
      >
        {parts.map((part) => (
          <span
            key={part}
            style={{ background: colour[part], flexGrow: counts[part], flexBasis: 0 }}
          />
        ))}
      </div>
      {legend && (
        <Flex gap={16} wrap>
          {parts.map((part) => (
            <Flex key={part} gap={6} align="center">
              <span
                aria-hidden
                style={{ width: 10, height: 10, borderRadius: 3, background: colour[part] }}
              />
              <Typography.Text>
                {t(`plans.result.${part}`)} <strong>{many(counts[part], i18n.language)}</strong>
              </Typography.Text>
            </Flex>
          ))}
        </Flex>
      )}
    </Flex>
  )
}
