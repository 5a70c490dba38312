import type { CredentialOptions, DayForm, TimeForm } from '../../src/connector/index.ts'

/** Either system may be configured alone: ILIS is only sent to, VBDLIS only calls in. */
export interface LandOptions {
  readonly ilis?: IlisOptions
  readonly vbdlis?: VbdlisOptions
}

export interface IlisOptions {
  readonly baseUrl: string
  readonly path: string
  readonly credentials: CredentialOptions
  readonly timeForm: TimeForm | DayForm
}

export interface VbdlisOptions {
  readonly securityCode: string
  /** Also accepted while the code is being changed. */
  readonly previousSecurityCode?: string
  readonly securityCodeIn: 'body' | 'header'
  readonly results: { readonly taken: number; readonly refused: number; readonly tryAgain: number }
  /** Names of members that are not published. One that is not named is not read. */
  readonly members: {
    readonly code: string
    readonly time?: string
    readonly officer?: string
    readonly content?: string
    readonly files?: string
  }
  /** Absent: what is reported does not become progress. */
  readonly progress?: {
    /** Named where the callback names nobody. */
    readonly officer: string
    /** What the end of a dossier means; absent: it does not become progress. */
    readonly ended?: 'finished' | 'stopped'
  }
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  ilis: { path: 'TiepNhanHoSo', timeForm: 'dd/MM/yyyy HH:mm:ss' },
  vbdlis: {
    securityCodeIn: 'body',
    results: { taken: 1, refused: 0, tryAgain: -1 },
    members: { code: 'MaHoSoMotCua' },
  },
} as const

interface Given {
  readonly ilis?: Pick<IlisOptions, 'baseUrl' | 'credentials'> & Partial<IlisOptions>
  readonly vbdlis?: Pick<VbdlisOptions, 'securityCode'> &
    Partial<Omit<VbdlisOptions, 'results' | 'members'>> & {
      readonly results?: Partial<VbdlisOptions['results']>
      readonly members?: Partial<VbdlisOptions['members']>
    }
}

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): LandOptions {
  const { ilis, vbdlis } = options as Readonly<Record<string, unknown>> & Given
  const defaults = defaultOptions.vbdlis
  return {
    ...(ilis && { ilis: { ...defaultOptions.ilis, ...ilis } }),
    ...(vbdlis && {
      vbdlis: {
        ...defaults,
        ...vbdlis,
        results: { ...defaults.results, ...vbdlis.results },
        members: { ...defaults.members, ...vbdlis.members },
      },
    }),
  }
}
