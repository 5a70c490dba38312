/** What stays around every screen: menu, header, who is signed in. */
import { MenuOutlined } from '@ant-design/icons'
import { Button, Drawer, Flex, Grid, Layout, Menu, Modal, Typography } from 'antd'
import { Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useLocation } from 'react-router'
import { mayWith, type Session } from '../api/session.ts'
import { useSessionEnded } from '../api/session-end.ts'
import { screens as allScreens, type GroupName, type ScreenRoute } from '../routes.ts'
import { SignInForm } from '../screens/sign-in/sign-in-form.tsx'
import { words } from '../words/all.ts'
import { useGoKeys } from './go-keys.ts'
import { KeysTable } from './keys-table.tsx'
import { PersonMenu } from './person-menu.tsx'
import { Waiting } from './waiting.tsx'

const groups = Object.keys(words.frame.groups) as GroupName[]

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

function EndedSession() {
  const { t } = useTranslation()
  return (
    <Modal open={useSessionEnded()} closable={false} footer={null} title={t('signIn.again')}>
      <p>{t('signIn.kept')}</p>
      <SignInForm />
    </Modal>
  )
}

export function Frame({ session }: { readonly session: Session }) {
  const { t } = useTranslation()
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
        <Flex align="center" gap={12} style={{ height: '100%' }}>
          {!isWide && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={t('frame.menu')}
              onClick={() => setMenuOpen(true)}
            />
          )}
          <Link to="/">
            <Typography.Text strong style={{ fontSize: 18 }}>
              {t('frame.product')}
            </Typography.Text>
          </Link>
          <div style={{ flex: 1 }} />
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
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
      <Drawer
        open={isMenuOpen && !isWide}
        placement="left"
        size={260}
        title={t('frame.menu')}
        onClose={() => setMenuOpen(false)}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a link inside was followed */}
        <div onClick={() => setMenuOpen(false)}>
          <ScreenMenu screens={screens} />
        </div>
      </Drawer>
      <KeysTable screens={screens} isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <EndedSession />
    </Layout>
  )
}
