/**
 * The content policy takes a style element only with the nonce of this answer. Ant Design gives it to most of its own;
 * some of its parts (the lock of the page behind a dialog, the width of scroll bars) make theirs without.
 */
export const nonce =
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

type Create = (tag: string, options?: ElementCreationOptions) => HTMLElement

export function giveNonceToStyles(): void {
  const create = document.createElement.bind(document) as Create
  const withNonce: Create = (tag, options) => {
    const element = create(tag, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  document.createElement = withNonce as typeof document.createElement
}
