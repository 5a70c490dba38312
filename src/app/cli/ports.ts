import type { Words } from '../../domain/errors.ts'
import type { ConfigLaw } from '../config/law.ts'
import type { Facts } from '../doctor/facts.ts'
import type { Hub } from '../hub.ts'
import type { ProcessSettings } from '../settings.ts'

/** What commands need from the rest of the process. main.ts gives the real ones, tests give theirs. */
export interface CliPorts {
  /** The hub for one command: nothing is delivered by it, nothing listens. */
  openHub(settings: ProcessSettings): Promise<Hub>
  /** What configuration files are judged by; needs no database. */
  configLaw(
    extensionsDir: string | undefined,
    expressions: ProcessSettings['expressions'],
  ): Promise<ConfigLaw>
  /** Runs the hub until it is told to stop. */
  start(settings: ProcessSettings): Promise<void>
  /** True when nothing was lost, doubled or out of order. */
  demo(options: { readonly once: boolean }): Promise<boolean>
  /** Makes a master key file of mode 0600; false when the file exists already. */
  createMasterKey(path: string): Promise<boolean>
  /** Looks at everything around this process and changes nothing. */
  diagnose(settings: ProcessSettings): Promise<Facts>
  /** The conformance suite on one folder (an absolute path); undefined where the suite is not installed. */
  testConnector(folder: string): Promise<ConformanceReport | undefined>
}

export interface ConformanceReport {
  readonly id: string
  /** Why the folder cannot be judged at all. */
  readonly problem: Words | null
  readonly verdicts: readonly ConformanceVerdict[]
}

export interface ConformanceVerdict {
  readonly rule: string
  readonly title: string
  readonly result: 'pass' | 'fail' | 'waived'
  /** What is wrong, or why it is waived. */
  readonly why: string | null
}
