/** A button that acts at once; what goes wrong is said, and stays until it has been read. */
import { App, Button } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { FaultView } from './fault-view.tsx'

/** Says it above the screen: what was pressed may be gone by then. */
export function useSayFault() {
  const { modal } = App.useApp()
  return useCallback(
    (title: string, error: unknown) =>
      void modal.error({ title, icon: null, width: 520, content: <FaultView error={error} /> }),
    [modal],
  )
}

interface QuickProps {
  readonly label: string
  readonly act: () => Promise<unknown>
  readonly primary?: boolean
}

export function QuickButton({ label, act, primary = false }: QuickProps) {
  const sayFault = useSayFault()
  const [isBusy, setBusy] = useState(false)
  const isActing = useRef(false)
  const press = async () => {
    if (isActing.current) return
    isActing.current = true
    setBusy(true)
    try {
      await act()
    } catch (error) {
      sayFault(label, error)
    } finally {
      isActing.current = false
      setBusy(false)
    }
  }
  return (
    <Button type={primary ? 'primary' : 'default'} loading={isBusy} onClick={() => void press()}>
      {label}
    </Button>
  )
}
