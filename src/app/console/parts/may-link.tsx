/** Leads to a screen that not everybody may see; for the others it is what it says, and no more. */
import type { ComponentProps } from 'react'
import { Link } from 'react-router'
import { type Scope, useMay } from '../api/session.ts'

interface MayLinkProps extends ComponentProps<typeof Link> {
  /** What the screen needs. */
  readonly scope: Scope
}

export function MayLink({ scope, ...link }: MayLinkProps) {
  if (useMay(scope)) return <Link {...link} />
  return <span className={link.className}>{link.children}</span>
}
