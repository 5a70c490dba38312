/** A button that changes something, for a reason; its dialog stays when the button goes. */
import { Button, type ButtonProps } from 'antd'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { useDialogs } from './dialogs.tsx'
import { ReasonDialog, type ReasonDialogProps } from './reason-dialog.tsx'
import { useKey } from './use-key.ts'

interface ReasonButtonProps<T> extends ReasonDialogProps<T> {
  readonly button?: ButtonProps
  /** Opens it. */
  readonly hotkey?: string | undefined
}

function OneButton<T extends object>({ button, hotkey, ...asked }: ReasonButtonProps<T>) {
  const put = useDialogs()
  const key = useId()
  const [isOpen, setOpen] = useState(false)
  const stale = useRef<() => void>(undefined)
  const open = useCallback(() => setOpen(true), [])
  useKey(hotkey, open)
  useEffect(() => {
    if (!isOpen) return
    const show = (isStale: boolean, onShut: () => void) =>
      put(key, <ReasonDialog {...asked} {...{ isStale, onShut }} />)
    const shut = () => put(key, undefined)
    show(false, () => {
      shut()
      stale.current = undefined
      setOpen(false)
    })
    stale.current = () => show(true, shut)
  })
  useEffect(() => () => stale.current?.(), [])
  const { label, danger = false } = asked
  return (
    <Button danger={danger} {...button} aria-keyshortcuts={hotkey} onClick={open}>
      {label}
      {hotkey && (
        <kbd aria-hidden className="key">
          {hotkey}
        </kbd>
      )}
    </Button>
  )
}

/** Under another name it is another button: what was asked as one thing is not done as another. */
export function ReasonButton<T extends object = object>(props: ReasonButtonProps<T>) {
  return <OneButton key={props.label} {...props} />
}
