/** One entry of a code table, new or changed, with the reason; and what comes after it is saved. */
import { useQueryClient } from '@tanstack/react-query'
import { Alert, AutoComplete, Button, Card, Flex, Form, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { isApiProblem } from '../../api/fault.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useUnsaved } from '../../parts/unsaved.ts'

type Entry = Schemas['CodeEntry']
export type Saved = Schemas['CodeEntryChange']

interface Given {
  readonly canonical: string
  readonly remote: string
  readonly validFrom?: string
  readonly validTo?: string
  readonly reason: string
}

interface CardProps {
  readonly table: string
  /** The canonical code that is asked for. */
  readonly code: string | undefined
  readonly since: string | undefined
  readonly onClose: () => void
  readonly onSaved: (saved: Saved) => void
}

/** The newest problem of a member is shown where it is; the rest above the button. */
function faultsByMember(fault: unknown): Readonly<Record<string, string>> {
  if (!isApiProblem(fault)) return {}
  return Object.fromEntries(
    (fault.errors ?? []).map(({ pointer, message }) => [pointer.slice(1), message]),
  )
}

function EntryForm(props: CardProps & { readonly known: readonly Entry[] }) {
  const { table, code, since, known, onClose, onSaved } = props
  const { t } = useTranslation()
  const questions = useQueryClient()
  const set = api.useMutation('post', '/api/v1/code-tables/{table}/entries')
  const [fault, setFault] = useState<unknown>()
  const [isTyped, setTyped] = useState(false)
  useUnsaved(isTyped)
  // What the form began with: what comes to be known meanwhile has not been seen in it.
  const [entry] = useState(() =>
    known.find(
      ({ canonical, validFrom }) => canonical === code && (since ? validFrom === since : true),
    ),
  )
  const remotes = useMemo(
    () => [...new Set(known.map(({ remote }) => remote))].map((value) => ({ value })),
    [known],
  )
  const wrong = faultsByMember(fault)
  const help = (name: keyof Given) =>
    wrong[name] ? { validateStatus: 'error' as const, help: wrong[name] } : {}
  const save = async ({ canonical, remote, validFrom, validTo, reason }: Given) => {
    if (set.isPending) return
    setFault(undefined)
    try {
      const saved = await set.mutateAsync({
        params: { path: { table } },
        body: {
          ...{ canonical: canonical.trim(), remote: remote.trim(), reason },
          ...(validFrom && { validFrom }),
          ...(validTo && { validTo }),
          seen: entry ? { remote: entry.remote, validTo: entry.validTo } : null,
        },
      })
      await questions.invalidateQueries({
        predicate: ({ queryKey: [, asked] }) => String(asked).startsWith('/api/v1/code-tables'),
      })
      onSaved(saved)
    } catch (error) {
      setFault(error)
    }
  }
  const needed = { required: true, whitespace: true, message: t('codes.missing') }
  return (
    <Card
      size="small"
      title={
        entry ? t('codes.changeIn', { table, code: entry.canonical }) : t('codes.addTo', { table })
      }
    >
      <Form<Given>
        layout="vertical"
        initialValues={{
          canonical: code ?? '',
          remote: entry?.remote ?? '',
          validFrom: entry?.validFrom ?? '',
          validTo: entry?.validTo ?? '',
        }}
        onValuesChange={() => setTyped(true)}
        onFinish={(given) => void save(given)}
      >
        <Flex gap={12} wrap>
          <Form.Item
            name="canonical"
            label={t('codes.columns.canonical')}
            tooltip={t('codes.help.canonical')}
            rules={[needed]}
            style={{ flex: '1 1 200px', marginBottom: 12 }}
            {...help('canonical')}
          >
            <Input className="mono" disabled={entry !== undefined} autoFocus={code === undefined} />
          </Form.Item>
          <Form.Item
            name="remote"
            label={t('codes.columns.remote')}
            tooltip={t('codes.help.remote')}
            rules={[needed]}
            style={{ flex: '1 1 240px', marginBottom: 12 }}
            {...help('remote')}
          >
            <AutoComplete
              className="mono"
              autoFocus={code !== undefined}
              options={remotes}
              showSearch={{
                filterOption: (typed, option) =>
                  option?.value.toLocaleLowerCase('vi').includes(typed.toLocaleLowerCase('vi')) ??
                  false,
              }}
            />
          </Form.Item>
          <Form.Item
            name="validFrom"
            label={t('codes.columns.from')}
            tooltip={t('codes.help.period')}
            style={{ flex: '0 1 160px', marginBottom: 12 }}
            {...help('validFrom')}
          >
            <Input type="date" disabled={entry !== undefined} />
          </Form.Item>
          <Form.Item
            name="validTo"
            label={t('codes.columns.to')}
            tooltip={t('codes.help.period')}
            style={{ flex: '0 1 160px', marginBottom: 12 }}
            {...help('validTo')}
          >
            <Input type="date" />
          </Form.Item>
        </Flex>
        <Form.Item
          name="reason"
          label={t('parts.reason.label')}
          rules={[{ required: true, min: 5, whitespace: true, message: t('parts.reason.missing') }]}
          style={{ marginBottom: 12 }}
        >
          <Input maxLength={500} />
        </Form.Item>
        {fault !== undefined && Object.keys(wrong).length === 0 && (
          <Form.Item style={{ marginBottom: 12 }}>
            <FaultView error={fault} />
          </Form.Item>
        )}
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            {t('codes.save')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </Flex>
      </Form>
    </Card>
  )
}

/** What the table knows of the code already is in the form from the start. */
export function EntryCard(props: CardProps) {
  const known = api.useQuery(
    'get',
    '/api/v1/code-tables/{table}',
    { params: { path: { table: props.table }, query: { limit: 200 } } },
    { refetchOnWindowFocus: false, gcTime: 0 },
  )
  const own = api.useQuery(
    'get',
    '/api/v1/code-tables/{table}',
    {
      params: {
        path: { table: props.table },
        query: { limit: 200, ...(props.code && { search: props.code }) },
      },
    },
    { refetchOnWindowFocus: false, gcTime: 0 },
  )
  return (
    <Loaded of={own}>
      {({ items }) => <EntryForm {...props} known={[...items, ...(known.data?.items ?? [])]} />}
    </Loaded>
  )
}

interface SavedProps {
  readonly saved: Saved
  readonly table: Schemas['CodeTable'] | undefined
  readonly problem: string | undefined
}

/** What was dead for want of the code is what comes next: of the problem it came from, or of the table's only system. */
export function SavedAlert({ saved, table, problem }: SavedProps) {
  const { t } = useTranslation()
  const { entry, revision } = saved
  const [system, another] = table?.systems ?? []
  const chosen = new URLSearchParams(
    problem
      ? { problem }
      : { state: 'dead', code: 'code-untranslated', ...(system && !another && { system }) },
  )
  return (
    <Alert
      type="success"
      showIcon
      title={t('codes.saved', { from: entry.canonical, to: entry.remote })}
      description={t('codes.savedNext', { id: revision })}
      action={
        <Link to={`/plans/new?action=redrive&${chosen}`}>
          <Button type="primary">{t('codes.plan')}</Button>
        </Link>
      }
    />
  )
}
