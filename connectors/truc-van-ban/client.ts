/** The way that the operator has chosen; `xroad.ts` and `esb.ts` are all that talks to the axis. */
import type { ConnectorContext } from '../../src/connector/index.ts'
import type { AxisClient } from './axis.ts'
import { createEsbClient } from './esb.ts'
import type { AxisOptions } from './options.ts'
import { createXroadClient } from './xroad.ts'

export const createAxisClient = (context: ConnectorContext, options: AxisOptions): AxisClient =>
  options.transport === 'esb-slot'
    ? createEsbClient(context, options)
    : createXroadClient(context, options)
