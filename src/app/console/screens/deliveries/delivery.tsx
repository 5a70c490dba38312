/** One delivery: where it stands, why, what was tried, what it says, and what can be done. */
import { Button, Card, Descriptions, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { FailureAlert } from '../../parts/failure-alert.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { Screen } from '../../parts/screen.tsx'
import { shortType } from '../../parts/short-type.ts'
import { StateTag } from '../../parts/tags.tsx'
import { useKey } from '../../parts/use-key.ts'
import { Attempts } from './attempts.tsx'
import { Content } from './content.tsx'
import { Interventions } from './interventions.tsx'
import { Neighbours } from './neighbours.tsx'

type Of = { readonly of: Schemas['Delivery'] }

function Facts({ of }: Of) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const { waitsFor } = of
  return (
    <Card size="small">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={[
          {
            key: 'state',
            label: t('deliveries.columns.state'),
            children: <StateTag state={of.state} />,
          },
          { key: 'system', label: t('deliveries.columns.system'), children: of.system },
          { key: 'type', label: t('deliveries.columns.type'), children: shortType(of.type) },
          {
            key: 'waits',
            label: t('deliveries.what.waits'),
            children: (
              <span>
                {own(waitsFor.words)}{' '}
                {waitsFor.delivery && waitsFor.delivery !== of.id && (
                  <Link to={`/deliveries/${waitsFor.delivery}`}>
                    {t('deliveries.what.blocker', { id: waitsFor.delivery })}
                  </Link>
                )}
              </span>
            ),
          },
          {
            key: 'accepted',
            label: t('deliveries.columns.accepted'),
            children: <Moment at={of.acceptedAt} />,
          },
          { key: 'sent', label: t('deliveries.what.sent'), children: <Moment at={of.sentAt} /> },
          {
            key: 'finished',
            label: t('deliveries.what.finished'),
            children: <Moment at={of.finishedAt} />,
          },
          { key: 'job', label: t('deliveries.what.job'), children: of.job },
          { key: 'revision', label: t('deliveries.what.revision'), children: of.revision },
          {
            key: 'message',
            label: t('deliveries.what.message'),
            children: (
              <Typography.Text copyable className="mono">
                {of.message}
              </Typography.Text>
            ),
          },
        ]}
      />
    </Card>
  )
}

function EditLink({ message }: { readonly message: string }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const address = `/messages/${message}/edit`
  useKey('e', () => void go(address))
  return (
    <Link to={address}>
      <Button aria-keyshortcuts="e">
        {t('deliveries.failure.edit')}
        <kbd aria-hidden className="key">
          e
        </kbd>
      </Button>
    </Link>
  )
}

export default function Delivery() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { search } = useLocation()
  const mayEdit = useMay('deliveries:write')
  const delivery = api.useQuery('get', '/api/v1/deliveries/{id}', { params: { path: { id } } })
  return (
    <Loaded of={delivery}>
      {(of) => (
        <Screen
          title={`${of.subject} → ${of.system}`}
          lead={
            <>
              <span className="mono">{of.id}</span>{' '}
              <Link to={`/dossiers/${encodeURIComponent(of.subject)}`}>
                {t('frame.screens.dossier')}
              </Link>
            </>
          }
          actions={
            <>
              {search && <Neighbours id={of.id} />}
              <Interventions id={of.id} state={of.state} isAlone />
            </>
          }
        >
          <Flex vertical gap={12}>
            {of.failure && (
              <FailureAlert of={of.failure}>
                {mayEdit && <EditLink message={of.message} />}
              </FailureAlert>
            )}
            <Facts of={of} />
            <Attempts of={of.attempts} />
            <Content message={of.message} />
          </Flex>
        </Screen>
      )}
    </Loaded>
  )
}
