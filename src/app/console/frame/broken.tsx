/** Around a screen: when it throws, what happened and the way on, instead of an empty page. */
import { Alert, Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

function Broken({ error }: { readonly error: unknown }) {
  const { t } = useTranslation()
  const line = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return (
    <Alert
      type="error"
      showIcon
      title={t('frame.broken.title')}
      description={
        <>
          <p>{t('frame.broken.next')}</p>
          <code>{line}</code>
        </>
      }
      action={<Button onClick={() => location.reload()}>{t('frame.broken.reload')}</Button>}
    />
  )
}

/** React takes a class for it, and nothing else. Give it a key: another address is another chance. */
export class Guarded extends Component<{ readonly children: ReactNode }, { thrown?: unknown }> {
  override state: { thrown?: unknown } = {}
  static getDerivedStateFromError(thrown: unknown) {
    return { thrown }
  }
  override render() {
    return 'thrown' in this.state ? <Broken error={this.state.thrown} /> : this.props.children
  }
}
