/**
 * Where a service behind the province's own security server is called: the adapter (VXP/VDXP, a modified
 * X-Road) forwards what is posted below its path to the subsystem that `dstcode` names. Both names of
 * the adapter and both places of `dstcode` are in use. Source: running clients, 2020–2025.
 *
 * A manifest takes the options one by one: `{ "$ref": "#/$defs/adapterAddress/properties/adapterUrl" }`.
 */

/** `#/$defs/adapterAddress` (address.schema.json), with its defaults filled in. */
export interface AdapterAddressOptions {
  readonly adapterUrl: string
  readonly forwardPath: string
  readonly dstcode: string
  readonly dstcodeIn: 'query' | 'header'
  readonly providerUrl: string | undefined
}

export const adapterAddressDefaults = {
  forwardPath: '/XrdAdapter/RestService/forward/',
  dstcodeIn: 'query',
  providerUrl: undefined,
} as const satisfies Partial<AdapterAddressOptions>

export interface AdapterAddress {
  /** `path` is the provider's own, for example `mapi/login`. */
  url(path: string): string
  /** To be sent with every request. */
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
}

export function createAdapterAddress(options: AdapterAddressOptions): AdapterAddress {
  const { dstcode, dstcodeIn, providerUrl } = options
  const base = options.adapterUrl.replace(/\/+$/, '') + options.forwardPath
  return {
    url: (path) => base + path,
    query: {
      ...(dstcodeIn === 'query' && { dstcode }),
      ...(providerUrl !== undefined && { providerurl: providerUrl }),
    },
    headers: dstcodeIn === 'header' ? { dstcode } : {},
  }
}
