/** Hệ thống thông tin giải quyết TTHC cấp tỉnh: the provincial one-stop system. */
import { type Connector, type CreateConnector, permanent } from '../../src/connector/index.ts'
import { pullChanges } from './changes.ts'
import { check } from './check.ts'
import { createTthcClient } from './client.ts'
import { consumerAdapterDoors } from './doors/consumer-adapter.ts'
import { portalDoors } from './doors/portal.ts'
import type { DoorTools } from './doors/take.ts'
import { readOptions } from './options.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createTthcClient(context, options)
  const source = options.source ?? `/${context.province.toLowerCase()}/${context.system}`
  const { codes } = context
  const { constants, attachments } = options
  const tools: DoorTools = {
    context,
    options,
    source,
    edge: () => ({ codes, constants, attachments, now: context.clock.now() }),
  }

  return {
    check: (signal) => check(context, client, signal),
    async send({ idempotencyKey, message }, signal) {
      const answer = await client.push(idempotencyKey, message, signal)
      return { kind: 'delivered', evidence: { remoteCode: answer.status } }
    },
    async confirm({ idempotencyKey }, signal) {
      const status = await client.status(idempotencyKey, signal)
      return status === 'applied' ? 'applied' : 'not-applied'
    },
    pull(request, signal) {
      if (request.operation !== 'dossiers') throw permanent('operation-missing')
      return pullChanges({ client, source, pullFrom: options.pullFrom }, request, signal)
    },
    doors: [...portalDoors(tools), ...consumerAdapterDoors(tools)],
    async close() {},
  }
}

export default createConnector
