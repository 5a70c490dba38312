/** One correction: what it changes, who has made it, who has to decide. */
import { Alert, Button, Card, Descriptions, Flex } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { post, useChange } from '../../api/change.ts'
import { api } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.ts'
import { nameOf } from '../../parts/actor.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { QuickButton } from '../../parts/quick-button.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { CorrectionItems } from './correction-items.tsx'
import { type Correction, CorrectionState } from './corrections.tsx'
import { type CorrectionRun, DryRuns } from './dry-runs.tsx'

function useIsOwn({ author }: Correction): boolean {
  const { data } = useSession()
  return author === `user:${data?.user.name}`
}

function Actions({ correction }: { readonly correction: Correction }) {
  const { t } = useTranslation()
  const change = useChange()
  const go = useNavigate()
  const mayChange = useMay('deliveries:write')
  const isOwn = useIsOwn(correction)
  const isApproved = useRef(false)
  if (!mayChange) return null
  const { id, state, needsApproval } = correction
  const act = (verb: string, reason: string) =>
    change<Correction>(`/api/v1/corrections/{id}/${verb}`, {
      ...{ path: { id: String(id) }, body: { reason } },
    })
  const send = async (reason: string) => {
    const sent = await act('send', reason)
    if (sent.plan !== null) await go(`/plans/${sent.plan}`)
  }
  return (
    <>
      {state === 'draft' && needsApproval && (
        <QuickButton
          primary
          label={t('corrections.edit.ask')}
          act={() => act('ask', correction.reason)}
        />
      )}
      {(state === 'approved' || (state === 'draft' && !needsApproval)) && (
        <QuickButton
          primary
          label={t('corrections.edit.send')}
          act={() => send(correction.reason)}
        />
      )}
      {state === 'asked' && !isOwn && (
        <>
          <ReasonButton
            label={t('corrections.act.approve')}
            explains={t('corrections.act.approveHelp')}
            button={{ type: 'primary' }}
            act={async ({ reason }) => {
              // Of the two the second may fail; tried again, the first is not asked for once more.
              if (!isApproved.current) await act('approve', reason)
              isApproved.current = true
              await send(reason)
            }}
          />
          <ReasonButton
            label={t('corrections.act.refuse')}
            danger
            act={({ reason }) => act('refuse', reason)}
          />
        </>
      )}
      {['draft', 'asked', 'approved'].includes(state) && (
        <ReasonButton
          label={t('corrections.act.withdraw')}
          act={({ reason }) => act('withdraw', reason)}
        />
      )}
    </>
  )
}

function Trial({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const [runs, setRuns] = useState<readonly CorrectionRun[]>()
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const { items } = await post<{ items: readonly CorrectionRun[] }>(
        '/api/v1/corrections/{id}/dry-run',
        { path: { id } },
      )
      setRuns(items)
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Flex vertical gap={12}>
      <Flex gap={12} align="center">
        <Button loading={isBusy} onClick={() => void run()}>
          {t('corrections.edit.dryRun')}
        </Button>
        <span>{t('corrections.edit.dryRunHelp')}</span>
      </Flex>
      {fault !== undefined && <FaultView error={fault} />}
      {runs && <DryRuns runs={runs} />}
    </Flex>
  )
}

function About({ correction }: { readonly correction: Correction }) {
  const { t } = useTranslation()
  const { decidedBy, decidedWhy, plan } = correction
  return (
    <Card size="small">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          {
            key: 'author',
            label: t('corrections.columns.author'),
            children: (
              <span>
                {nameOf(correction.author)}, <Moment at={correction.createdAt} />
              </span>
            ),
          },
          {
            key: 'reason',
            label: t('corrections.columns.reason'),
            children: correction.reason,
          },
          {
            key: 'counts',
            label: t('corrections.columns.messages'),
            children: t('corrections.counts', { ...correction.counts }),
          },
          ...(decidedBy
            ? [
                {
                  key: 'decided',
                  label: t('corrections.columns.decided'),
                  children: `${nameOf(decidedBy)}: ${decidedWhy ?? ''}`,
                },
              ]
            : []),
          ...(plan === null
            ? []
            : [
                {
                  key: 'plan',
                  label: t('corrections.columns.plan'),
                  children: <Link to={`/plans/${plan}`}>{t('plans.number', { id: plan })}</Link>,
                },
              ]),
        ]}
      />
    </Card>
  )
}

export default function CorrectionScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const question = api.useQuery('get', '/api/v1/corrections/{id}', { params: { path: { id } } })
  const correction = question.data
  const what = correction?.kind === 'one' ? `: ${correction.subject}` : ''
  return (
    <Screen
      title={`${t('corrections.number', { id })}${what}`}
      lead={
        correction && (
          <Flex gap={8} wrap align="baseline">
            <CorrectionState state={correction.state} />
            {t(`corrections.stateHelp.${correction.state}`)}
          </Flex>
        )
      }
      actions={correction && <Actions correction={correction} />}
    >
      <Loaded of={question}>
        {(known) => (
          <>
            <OwnAlert correction={known} />
            {known.more && <Alert type="warning" showIcon title={t('corrections.more')} />}
            <About correction={known} />
            {['draft', 'asked', 'approved'].includes(known.state) && <Trial id={id} />}
            <CorrectionItems id={id} />
          </>
        )}
      </Loaded>
    </Screen>
  )
}

function OwnAlert({ correction }: { readonly correction: Correction }) {
  const { t } = useTranslation()
  const isOwn = useIsOwn(correction)
  if (correction.state !== 'asked' || !isOwn) return null
  return <Alert type="info" showIcon title={t('corrections.act.own')} />
}
