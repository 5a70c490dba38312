/** The options of each style, as credentials.schema.json admits them. */
export type CredentialOptions =
  | { readonly style: 'none' }
  | { readonly style: 'basic'; readonly username: string; readonly password: string }
  | { readonly style: 'api-key'; readonly header: string; readonly key: string }
  | OAuth2Options
  | LgspOptions
  | HeaderTokenOptions
  | HashedBasicOptions
  | { readonly style: 'esb-source'; readonly sourceType: string; readonly username: string }
  | {
      readonly style: 'app-triple'
      readonly appName: string
      readonly accessKey: string
      readonly secretKey: string
    }
  | {
      readonly style: 'static-bearer'
      readonly token: string
      readonly unitCode?: string
      readonly apiKey?: string
    }
  | SignedHeadersOptions

export interface OAuth2Options {
  readonly style: 'oauth2'
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly clientIn?: 'header' | 'form'
  readonly username?: string
  readonly password?: string
  readonly scope?: string
  readonly minutes?: number
}

export interface LgspOptions {
  readonly style: 'lgsp'
  readonly tokenUrl: string
  readonly accessKey: string
  readonly secretKey: string
  readonly appName: string
  readonly partnerCode: string
  readonly partnerCodeCus?: string
  readonly minutes?: number
  readonly officials?: Readonly<
    Record<string, { readonly keyName: string; readonly keyPass: string }>
  >
}

export interface HeaderTokenOptions {
  readonly style: 'token-by-header'
  readonly tokenUrl: string
  readonly auth: string
  readonly minutes?: number
}

export interface HashedBasicOptions {
  readonly style: 'hashed-basic'
  readonly username: string
  readonly secretKey: string
  readonly timestampUnit?: 'milliseconds' | 'seconds'
  readonly xroadClient?: string
  readonly apiKey?: string
}

export interface SignedHeadersOptions {
  readonly style: 'signed-headers'
  readonly systemId: string
  readonly secret: string
  readonly prefix: string
}

/** Source: LGSP clients of several provinces; the same header on the token call and on every other. */
export const lgspToken = (options: LgspOptions): string =>
  Buffer.from(
    JSON.stringify({
      AccessKey: options.accessKey,
      SecretKey: options.secretKey,
      AppName: options.appName,
      PartnerCode: options.partnerCode,
      PartnerCodeCus: options.partnerCodeCus ?? options.partnerCode,
    }),
  ).toString('base64')
