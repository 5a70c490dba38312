/** The options of a system over SOAP, as connector.json says. */
import type {
  ConfiguredOptions,
  CredentialOptions,
  MappingRow,
  SoapVersion,
} from '../../src/connector/index.ts'

export interface SoapRequest {
  readonly action?: string
  readonly body: readonly MappingRow[]
}

export interface UsernameToken {
  readonly username: string
  readonly password: string
  readonly form: 'digest' | 'text'
}

export interface SoapOptions extends ConfiguredOptions<SoapRequest> {
  readonly address: string
  readonly version: SoapVersion
  readonly namespaces?: Readonly<Record<string, string>>
  readonly credentials: CredentialOptions
  readonly security?: UsernameToken
}
