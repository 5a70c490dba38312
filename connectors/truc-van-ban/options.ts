import type { CredentialOptions } from '../../src/connector/index.ts'

/** How the vendor's exchange names its calls and the members of its answers. None is published. */
export interface EsbNames {
  readonly calls: Readonly<Record<EsbCall, string>>
  /** Where the parameters of a call travel. */
  readonly parametersIn: 'query' | 'headers'
  readonly parameters: Readonly<Record<EsbParameter, string>>
  /** JSON Pointers into the answers. */
  readonly answers: Readonly<Record<EsbAnswer, string>>
  /** What a document and a status are called. */
  readonly types: { readonly edoc: string; readonly status: string }
  /** Words of a status. */
  readonly accepted: readonly string[]
  readonly refused: readonly string[]
  /** Words of the state of what was sent; without them nothing is concluded from it. */
  readonly delivered: readonly string[]
  readonly notDelivered: readonly string[]
}
export type EsbCall = 'requestSlot' | 'send' | 'deliver' | 'state' | 'list' | 'get' | 'mark'
export type EsbParameter = 'type' | 'slot' | 'key' | 'sha256' | 'id' | 'status'
type EsbAnswer = 'status' | 'slot' | 'sent' | 'state' | 'list' | 'item'

export interface AxisOptions {
  readonly transport: 'xroad' | 'esb-slot'
  readonly baseUrl: string
  readonly credentials: CredentialOptions
  /** Where the answer of getEdoc has the document. */
  readonly documentIn: 'body' | 'data'
  /** Of one edXML file, base64 included. */
  readonly maxMegabytes: number
  /** What is done on the axis with a document that could not be read, once the problem is saved. */
  readonly unreadable: 'leave' | 'fail'
  readonly userAgent: string
  readonly version: string
  readonly esb: EsbNames
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  transport: 'xroad',
  documentIn: 'body',
  maxMegabytes: 50,
  unreadable: 'leave',
  userAgent: 'JAVASDKAgent/1.0.0 XRoad/VPCP',
  version: '3.0.201608',
  esb: {
    calls: {
      requestSlot: 'requestSlot',
      send: 'sendKnobstick',
      deliver: 'deliverKnobstick',
      state: 'checkSendKnobstickStatus',
      list: 'checkKnobstick',
      get: 'getKnobstick',
      mark: 'processKnobstick',
    },
    parametersIn: 'query',
    parameters: {
      ...{ type: 'type', slot: 'slot', key: 'key', sha256: 'contentSha256' },
      ...{ id: 'knobstickId', status: 'status' },
    },
    answers: {
      ...{ status: '/status', slot: '/slot/id', sent: '/knobstick/id' },
      ...{ state: '/state', list: '/knobsticks', item: '/id' },
    },
    types: { edoc: 'edoc', status: 'status' },
    accepted: ['OK'],
    refused: ['FAIL'],
    delivered: [],
    notDelivered: [],
  },
} as const satisfies Partial<AxisOptions>

type Given = Pick<AxisOptions, 'baseUrl' | 'credentials'> & {
  readonly esb?: { readonly [Part in keyof EsbNames]?: Partial<EsbNames[Part]> }
}

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): AxisOptions {
  const given = options as unknown as Given
  const { esb } = defaultOptions
  return {
    ...defaultOptions,
    ...given,
    esb: {
      ...esb,
      ...(given.esb as Partial<EsbNames>),
      calls: { ...esb.calls, ...given.esb?.calls },
      parameters: { ...esb.parameters, ...given.esb?.parameters },
      answers: { ...esb.answers, ...given.esb?.answers },
      types: { ...esb.types, ...given.esb?.types },
    },
  }
}
