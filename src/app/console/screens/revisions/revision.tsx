/** One revision: what it changed, against the one before or any other; and the way back to it. */
import { Alert, Button, Card, Flex, InputNumber, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useChange } from '../../api/change.ts'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { nameOf } from '../../parts/actor.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { exact } from '../../parts/moment.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { ValueChanges } from '../../parts/value-changes.tsx'
import { WholeReach } from '../../parts/whole-reach.tsx'
import { ChangeTag } from './counts.tsx'

type Detail = Schemas['RevisionDetail']
type Made = Schemas['RevisionMade']

/** Where an object can be looked at as it is now. */
function placeOf(object: string): string | undefined {
  const [kind, id = ''] = object.split('/')
  if (kind === 'jobs') return `/jobs/${id}`
  if (kind === 'systems') return `/systems/${id}/settings`
  return kind === 'codes' ? `/codes?table=${id}` : undefined
}

function Objects({ of }: { readonly of: Detail }) {
  const { t } = useTranslation()
  if (of.objects.length === 0) return <Alert type="info" showIcon title={t('revisions.none')} />
  return (
    <Flex vertical gap={12}>
      {of.objects.map(({ object, change, changes, left }) => {
        const place = change === 'removed' ? undefined : placeOf(object)
        return (
          <Card
            key={object}
            size="small"
            title={
              <Flex gap={8} align="center">
                <ChangeTag change={change} />
                <code>{object}</code>
              </Flex>
            }
            extra={place && <Link to={place}>{t('revisions.open')}</Link>}
          >
            <ValueChanges changes={changes} />
            {left > 0 && (
              <Typography.Text type="secondary">
                {t('revisions.left', { count: left })}
              </Typography.Text>
            )}
          </Card>
        )
      })}
    </Flex>
  )
}

/** Gives the one in force, so that going back is refused when it is another by then. */
function Restore({ id, onDone }: { readonly id: number; readonly onDone: (made: Made) => void }) {
  const { t } = useTranslation()
  const change = useChange()
  const mayWrite = useMay('config:write')
  const { data } = api.useQuery('get', '/api/v1/revisions', { params: { query: { limit: 1 } } })
  const base = data?.items[0]?.id
  if (!mayWrite || base === undefined) return null
  return (
    <ReasonButton
      label={t('revisions.restore.button')}
      explains={t('revisions.restore.explains', { id })}
      danger
      act={async ({ reason }) =>
        onDone(
          await change<Made>('/api/v1/revisions/{id}/restore', {
            path: { id: String(id) },
            body: { reason, base },
          }),
        )
      }
    />
  )
}

function Head({ of, id }: { readonly of: Detail; readonly id: number }) {
  const { t } = useTranslation()
  const { change } = useFilters(['against'])
  return (
    <Flex gap={16} wrap align="center">
      <span>
        <strong>{nameOf(of.author)}</strong> · {exact(of.at)}
      </span>
      {of.inForce && <Tag color="green">{t('revisions.inForce')}</Tag>}
      <span>
        {t('revisions.against')}{' '}
        <InputNumber
          key={of.against}
          aria-label={t('revisions.against')}
          min={1}
          {...(of.against !== null && { defaultValue: of.against })}
          style={{ width: 90 }}
          onPressEnter={({ currentTarget }) => change({ against: currentTarget.value })}
          onBlur={({ currentTarget }) => {
            const { value } = currentTarget
            if (value && value !== String(of.against ?? '')) change({ against: value })
          }}
        />
      </span>
      {of.against === null && <span>{t('revisions.first')}</span>}
      {id > 1 && <Link to={`/revisions/${id - 1}`}>← {t('revisions.before')}</Link>}
      {!of.inForce && <Link to={`/revisions/${id + 1}`}>{t('revisions.after')} →</Link>}
    </Flex>
  )
}

export default function RevisionScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { filters } = useFilters(['against'])
  const [made, setMade] = useState<Made>()
  const against = filters.against === undefined ? undefined : Number(filters.against)
  const question = api.useQuery('get', '/api/v1/revisions/{id}', {
    params: { path: { id }, query: against === undefined ? {} : { against } },
  })
  const isOld = question.data?.inForce === false
  return (
    <Screen
      title={t('revisions.of', { id })}
      lead={question.data?.reason}
      actions={isOld && <Restore id={Number(id)} onDone={setMade} />}
    >
      <WholeReach>
        {made && (
          <Alert
            type="success"
            showIcon
            title={t('revisions.restore.done', { from: id, id: made.revision })}
            action={
              <Link to={`/revisions/${made.revision}`}>
                <Button>{t('revisions.of', { id: made.revision })}</Button>
              </Link>
            }
          />
        )}
        <Loaded of={question}>
          {(of) => (
            <>
              <Head of={of} id={Number(id)} />
              <Objects of={of} />
            </>
          )}
        </Loaded>
      </WholeReach>
    </Screen>
  )
}
