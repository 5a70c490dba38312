/** What stays around every screen: menu, header, who is signed in. */
import { MenuOutlined } from '@ant-design/icons'
import { Button, Flex, Grid, Layout, Menu, Tag, Tooltip, Typography } from 'antd'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useLocation } from 'react-router'
import { useLive } from '../api/live.ts'
import { mayWith, type Session } from '../api/session.ts'
import { useSessionEnded } from '../api/session-end.ts'
import { screens as allScreens, groups, type ScreenRoute } from '../routes.ts'
import { Guarded } from './broken.tsx'
import { useGoKeys } from './go-keys.ts'
import { Jump } from './jump.tsx'
import { LiveSign } from './live-sign.tsx'
import { PersonMenu } from './person-menu.tsx'
import { Waiting } from './waiting.tsx'

// What is not there at first is not loaded at first.
const EndedSession = lazy(() => import('./ended-session.tsx'))
const KeysTable = lazy(() => import('./keys-table.tsx'))
const MenuDrawer = lazy(() => import('./menu-drawer.tsx'))

function ScreenMenu({ screens }: { readonly screens: readonly ScreenRoute[] }) {
  const { t } = useTranslation()
  const here = useLocation().pathname.split('/')[1] ?? ''
  const items = groups.flatMap((group) => {
    const own = screens.filter((screen) => screen.group === group)
    const children = own.map(({ name, path }) => ({
      key: path,
      label: <Link to={`/${path}`}>{t(`frame.screens.${name}`)}</Link>,
    }))
    return own.length > 0
      ? [{ key: group, type: 'group' as const, label: t(`frame.groups.${group}`), children }]
      : []
  })
  return <Menu mode="inline" items={items} selectedKeys={[here]} style={{ border: 0 }} />
}

/** Its name; and what it is for, where it is not the one that counts. On a phone that takes the place of the name. */
function Product({
  environment,
  isWide,
}: {
  readonly environment: Session['environment']
  readonly isWide: boolean
}) {
  const { t } = useTranslation()
  const isReal = environment === 'production'
  return (
    <Flex align="center" gap={8}>
      {(isReal || isWide) && (
        <Typography.Text strong style={{ fontSize: 18, whiteSpace: 'nowrap' }}>
          {t('frame.product')}
        </Typography.Text>
      )}
      {!isReal && (
        <Tooltip title={t(`frame.environment.${environment}Help`)}>
          <Tag color="gold">{t(`frame.environment.${environment}`)}</Tag>
        </Tooltip>
      )}
    </Flex>
  )
}

export function Frame({ session }: { readonly session: Session }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const isSessionEnded = useSessionEnded()
  const live = useLive(mayWith(session, 'deliveries:read'))
  const isWide = Grid.useBreakpoint().lg ?? true
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const screens = useMemo(
    () => allScreens.filter(({ scope }) => !scope || mayWith(session, scope)),
    [session],
  )
  const onHelp = useCallback(() => setHelpOpen(true), [])
  useGoKeys(screens, onHelp)
  return (
    <Layout style={{ height: '100%' }}>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <Layout.Header style={{ padding: '0 16px', height: 56, lineHeight: 'normal' }}>
        <Flex align="center" gap={isWide ? 12 : 4} style={{ height: '100%' }}>
          {!isWide && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={t('frame.menu')}
              onClick={() => setMenuOpen(true)}
            />
          )}
          <Link to="/">
            <Product environment={session.environment} isWide={isWide} />
          </Link>
          <div style={{ flex: 1 }} />
          <LiveSign state={live} isWide={isWide} />
          {mayWith(session, 'messages:read') && <Jump isWide={isWide} />}
          <PersonMenu session={session} onKeys={onHelp} />
        </Flex>
      </Layout.Header>
      <Layout>
        {isWide && (
          <Layout.Sider width={208} style={{ overflow: 'auto' }}>
            <nav aria-label={t('frame.menu')}>
              <ScreenMenu screens={screens} />
            </nav>
          </Layout.Sider>
        )}
        <Layout.Content
          id="main"
          tabIndex={-1}
          style={{ padding: isWide ? 24 : 12, overflow: 'auto', minWidth: 0, outline: 'none' }}
        >
          <Guarded key={pathname}>
            <Suspense fallback={<Waiting />}>
              <Outlet />
            </Suspense>
          </Guarded>
        </Layout.Content>
      </Layout>
      <Suspense>
        {!isWide && (
          <MenuDrawer isOpen={isMenuOpen} onClose={() => setMenuOpen(false)}>
            <ScreenMenu screens={screens} />
          </MenuDrawer>
        )}
        {isHelpOpen && <KeysTable screens={screens} onClose={() => setHelpOpen(false)} />}
        {isSessionEnded && <EndedSession />}
      </Suspense>
    </Layout>
  )
}
