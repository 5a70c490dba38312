declare const checked: unique symbol

/** A value that fitted the schema of what leaves. Made by `ConnectorContext.outgoing` only. */
export type Outgoing<T> = T & { readonly [checked]: true }
