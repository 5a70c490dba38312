/** A change of the API that needs nothing but a reason. */
import type { ButtonProps } from 'antd'
import { useChange } from '../api/change.ts'
import { ReasonButton } from './reason-button.tsx'

interface ActionButtonProps {
  readonly label: string
  readonly explains?: string
  /** As the API writes it; `{id}` is what `of` says. */
  readonly path: string
  readonly of: string
  readonly danger?: boolean
  /** Opens it. */
  readonly hotkey?: string
  readonly button?: ButtonProps
}

export function ActionButton({ path, of, ...button }: ActionButtonProps) {
  const change = useChange()
  return <ReasonButton {...button} act={(body) => change(path, { path: { id: of }, body })} />
}
