import type { CredentialOptions } from '../../src/connector/index.ts'

export interface AxisOptions {
  readonly baseUrl: string
  readonly credentials: CredentialOptions
  /** Where the answer of getEdoc has the document. */
  readonly documentIn: 'body' | 'data'
  readonly userAgent: string
  readonly version: string
}

export const readOptions = (options: Readonly<Record<string, unknown>>): AxisOptions => ({
  documentIn: 'body',
  userAgent: 'JAVASDKAgent/1.0.0 XRoad/VPCP',
  version: '3.0.201608',
  ...(options as unknown as Pick<AxisOptions, 'baseUrl' | 'credentials'>),
})
