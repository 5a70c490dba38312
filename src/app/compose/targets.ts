/** The systems of a revision, each with a connector that can speak to it, or the reason why not. */

import type { ProblemWords } from '../../adapters/postgres/queries/problem-words.ts'
import type { CheckStep, Connector } from '../../connector/contract.ts'
import { type Manifest, manifestFor, operationFor } from '../../connector/manifest.ts'
import type { Configuration, System } from '../../domain/configuration.ts'
import { errorTable, HubError, type Words } from '../../domain/errors.ts'
import type { Target } from '../../engine/lanes/lane-run.ts'
import type { Hub } from '../hub.ts'
import {
  createMakers,
  type Live,
  type MakerDependencies,
  type Makers,
  startFailed,
} from './make-connector.ts'

interface Built extends Live {
  /** Everything the connector was made from; the same text needs no new one. */
  readonly recipe: string
}

export interface Targets {
  /** Builds what has changed, keeps what has not; systems that cannot be built are left out. */
  build(configuration: Configuration): Promise<ReadonlyMap<string, Target>>
  isSnapshot(system: string, type: string): boolean
  isPrompt(system: string, pull: string): boolean
  connector(system: string): Connector | undefined
  /** Why a system cannot be used, in words. */
  problem(system: string): Words | null
  /** What a person is told of a cause: by the connector, else by the table of codes. */
  readonly words: ProblemWords
  mustExist(system: string): void
  /** Throws `not-found`, or `system-misconfigured` with its problem. */
  target(system: string): Target
  check(system: string, signal: AbortSignal): Promise<readonly CheckStep[]>
  doors: Hub['systems']['doors']
  /** Connectors for dry runs: nobody but who asks for one has it. */
  readonly makers: Pick<Makers, 'closed' | 'reading'>
  /** Closes connectors of former revisions once nothing is in work under them. */
  closeUnused(inUse: (target: Target) => boolean): void
  close(): Promise<void>
}

const closeEveryMs = 1_000

export function createTargets(deps: MakerDependencies): Targets {
  const { law, log } = deps
  let configuration: Configuration | undefined
  let built = new Map<string, Built>()
  let problems = new Map<string, Words>()
  let former: Built[] = []
  let closing: NodeJS.Timeout | undefined

  const makers = createMakers(deps)
  const make = (system: System, whole: Configuration, recipe: string): Built => ({
    recipe,
    ...makers.live(system, whole),
  })

  /** By the configuration: a process that lacks this system's secrets must say the same. */
  const manifestOf = (system: string): Manifest | undefined => {
    const known = configuration?.systems.find((one) => one.id === system)
    const manifest = known && law.shelf.connectors.get(known.connector)?.manifest
    return manifest && manifestFor(manifest, known.options)
  }

  const closeOne = async ({ target, http }: Built): Promise<void> => {
    await target.connector.close()
    http.close()
  }

  const targets: Targets = {
    makers,
    async build(next) {
      const fresh = new Map<string, Built>()
      const troubled = new Map<string, Words>()
      for (const system of next.systems) {
        const recipe = JSON.stringify([system, next.codes, next.hub.province, next.hub.publicUrl])
        const known = built.get(system.id)
        try {
          fresh.set(system.id, known?.recipe === recipe ? known : make(system, next, recipe))
        } catch (error) {
          const words = error instanceof HubError && error.detail ? error.detail : startFailed
          troubled.set(system.id, words)
          log.warn('system.misconfigured', { system: system.id, reason: words.en })
          if (!(error instanceof HubError))
            log.error('connector.broken', { system: system.id }, error)
        }
      }
      former.push(...[...built.values()].filter((one) => fresh.get(one.target.system.id) !== one))
      configuration = next
      built = fresh
      problems = troubled
      return new Map([...fresh].map(([id, { target }]) => [id, target]))
    },
    isSnapshot(system, type) {
      const manifest = manifestOf(system)
      return (manifest && operationFor(manifest, type)?.snapshot) ?? false
    },
    isPrompt: (system, pull) =>
      manifestOf(system)?.pulls?.find(({ name }) => name === pull)?.prompt ?? false,
    connector: (system) => built.get(system)?.target.connector,
    problem: (system) => problems.get(system) ?? null,
    words(system, code, remoteCode) {
      const fitting = (manifestOf(system)?.problems ?? []).filter((row) => row.code === code)
      const row =
        fitting.find((one) => one.remoteCode !== undefined && one.remoteCode === remoteCode) ??
        fitting.find((one) => one.remoteCode === undefined)
      return row ?? { cause: errorTable[code].title, next: errorTable[code].next }
    },
    mustExist(system) {
      if (!configuration?.systems.some((one) => one.id === system)) throw new HubError('not-found')
    },
    target(system) {
      targets.mustExist(system)
      const target = built.get(system)?.target
      if (target) return target
      const detail = problems.get(system)
      throw new HubError('system-misconfigured', detail ? { detail } : {})
    },
    check: async (system, signal) => targets.target(system).connector.check(signal),
    doors: () =>
      [...built.values()].flatMap(({ target }) =>
        (target.connector.doors ?? []).map((door) => ({
          system: target.system.id,
          door,
          trusted: target.system.trusted,
        })),
      ),
    closeUnused(inUse) {
      closing ??= setInterval(() => {
        const idle = former.filter((one) => !inUse(one.target))
        former = former.filter((one) => !idle.includes(one))
        for (const one of idle)
          closeOne(one).catch((error: unknown) =>
            log.error('connector.broken', { system: one.target.system.id }, error),
          )
      }, closeEveryMs)
    },
    async close() {
      clearInterval(closing)
      await Promise.all([...built.values(), ...former].map(closeOne))
    },
  }
  return targets
}
