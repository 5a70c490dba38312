/** The systems as the doors of the hub see them. */
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { GateStore } from '../../engine/ports/lanes.ts'
import type { Wakeups } from '../../engine/ports/wakeups.ts'
import type { Hub } from '../hub.ts'
import { createSystemDesk, type SystemDeskParts } from './system-desk.ts'
import type { Targets } from './targets.ts'

interface Parts extends SystemDeskParts {
  readonly targets: Targets
  readonly gates: GateStore
  readonly wakeups: Wakeups
  readonly log: Logger
}

export function createSystems(parts: Parts): Hub['systems'] {
  const { targets, gates, wakeups, log } = parts
  return {
    ...createSystemDesk(parts),
    async pause(system, act, resumeAt) {
      targets.mustExist(system)
      if (!(await gates.pause(system, act, resumeAt))) throw new HubError('state-conflict')
      log.info('system.paused', { system, actor: act.actor })
    },
    async resume(system, act) {
      targets.mustExist(system)
      if (!(await gates.resume(system, act))) throw new HubError('state-conflict')
      log.info('system.resumed', { system, actor: act.actor })
      wakeups.wake(system)
    },
    doors: targets.doors,
  }
}
