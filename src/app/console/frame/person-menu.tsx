/** Who is signed in, and what concerns him: language, light or dark, keys, documentation, the way out. */
import { UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown, type MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { http } from '../api/client.ts'
import type { Session } from '../api/session.ts'
import { useSayFault } from '../parts/quick-button.tsx'
import { forgetUnsaved, hasUnsaved } from '../parts/unsaved.ts'
import { chooseLanguage, languageNow } from '../words/i18n.ts'
import { chooseShade, useShade } from './theme.ts'

interface PersonMenuProps {
  readonly session: Session
  readonly onKeys: () => void
}

export function PersonMenu({ session, onKeys }: PersonMenuProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const other = useShade() === 'dark' ? 'light' : 'dark'
  const { modal } = App.useApp()
  const sayFault = useSayFault()
  const signOut = async () => {
    if (
      hasUnsaved() &&
      !(await modal.confirm({
        ...{ title: t('frame.leave.title'), content: t('frame.leave.text') },
        ...{ okText: t('frame.leave.go'), cancelText: t('frame.leave.stay') },
      }))
    )
      return
    try {
      const { error } = await http.POST('/api/v1/session/end')
      // A session that has ended already needs no other end.
      if (error && error.status !== 401) throw error
      forgetUnsaved()
      client.clear()
      location.assign('/console/')
    } catch (error) {
      sayFault(t('frame.person.signOut'), error)
    }
  }
  const items: NonNullable<MenuProps['items']> = [
    { key: 'account', label: <Link to="/account">{t('frame.screens.account')}</Link> },
    {
      key: 'language',
      label: t('frame.person.language'),
      onClick: () => {
        // What the hub says comes in the language it was asked in.
        void chooseLanguage(languageNow() === 'en' ? 'vi' : 'en').then(() =>
          client.invalidateQueries(),
        )
      },
    },
    { key: 'shade', label: t(`frame.person.${other}`), onClick: () => chooseShade(other) },
    { key: 'keys', label: t('frame.person.keys'), onClick: onKeys },
    { key: 'api', label: <a href={`/docs?lang=${languageNow()}`}>{t('frame.person.api')}</a> },
    { type: 'divider' },
    { key: 'out', label: t('frame.person.signOut'), onClick: () => void signOut() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />}>
        <span className="one-line" style={{ maxWidth: '22vw' }}>
          {session.user.title}
        </span>
      </Button>
    </Dropdown>
  )
}
