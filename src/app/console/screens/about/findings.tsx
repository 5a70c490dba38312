/** What the doctor finds: the worst first, with what to do. */
import { Alert, Button, Flex, Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '../../api/client.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { useOwnWords } from '../../parts/own-words.ts'

type Finding = Schemas['Findings']['items'][number]

const order = ['fail', 'warn', 'ok', 'skip'] as const
const colours = { fail: 'red', warn: 'orange', ok: 'green', skip: 'default' } as const

export function Findings() {
  const { t } = useTranslation()
  const own = useOwnWords()
  const found = api.useQuery('get', '/api/v1/about/doctor', {}, { staleTime: 60_000 })
  return (
    <Flex vertical gap={12}>
      {found.isPending && <span role="status">{t('about.doctor.waiting')}</span>}
      <Loaded of={found}>
        {({ items }) => {
          const count = (state: Finding['state']) =>
            items.filter((one) => one.state === state).length
          const [fail, warn] = [count('fail'), count('warn')]
          return (
            <>
              <Alert
                showIcon
                type={fail > 0 ? 'error' : warn > 0 ? 'warning' : 'success'}
                title={
                  fail + warn === 0
                    ? t('about.doctor.well')
                    : t('about.doctor.counts', { fail, warn })
                }
                action={
                  <Button loading={found.isFetching} onClick={() => void found.refetch()}>
                    {t('about.doctor.again')}
                  </Button>
                }
              />
              <Table<Finding>
                aria-label={t('about.tabs.doctor')}
                size="small"
                rowKey="check"
                pagination={false}
                scroll={{ x: 760 }}
                dataSource={[...items].sort(
                  (a, b) => order.indexOf(a.state) - order.indexOf(b.state),
                )}
                columns={[
                  {
                    key: 'state',
                    title: t('about.doctor.check'),
                    width: 130,
                    render: (_, { state }) => (
                      <Tag color={colours[state]}>{t(`about.doctor.${state}`)}</Tag>
                    ),
                  },
                  { key: 'title', width: 240, render: (_, { title }) => own(title) },
                  { title: t('about.doctor.found'), render: (_, { found: what }) => own(what) },
                  {
                    title: t('about.doctor.next'),
                    render: (_, { next }) => (next ? own(next) : ''),
                  },
                ]}
              />
            </>
          )
        }}
      </Loaded>
    </Flex>
  )
}
