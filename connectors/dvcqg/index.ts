/** Cổng Dịch vụ công quốc gia: the national public-service portal over `mapi`, through the adapter. */
import {
  type Connector,
  type CreateConnector,
  type Outcome,
  type OutgoingDelivery,
  permanent,
} from '../../src/connector/index.ts'
import { check } from './check.ts'
import { createPortalClient } from './client.ts'
import { createDoors } from './doors.ts'
import type { Edge } from './edge.ts'
import { createFileLinks } from './links.ts'
import { readOptions } from './options.ts'
import { confirmAnswer, sendAnswer, sendPortalStatus, sendRating } from './others.ts'
import { confirmProgress, sendProgress } from './progress.ts'
import { confirmDossier, sendDossier, type Tools } from './push.ts'
import { pullQuestions } from './questions.ts'

type Send = (tools: Tools, delivery: OutgoingDelivery, signal: AbortSignal) => Promise<Outcome>

const sends: Readonly<Record<string, Send>> = {
  'push-dossier': sendDossier,
  'push-progress': sendProgress,
  'push-portal-status': sendPortalStatus,
  'push-rating': sendRating,
  'push-answer': sendAnswer,
}

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createPortalClient(context, options)
  const links = createFileLinks(context, options)
  const edge = (at: Date): Edge => ({ options, codes: context.codes, at, link: links.toPortal })
  const tools: Tools = {
    options,
    client,
    links,
    edge: (delivery) => edge(new Date(delivery.message.time)),
  }
  const source = `/${context.province.toLowerCase()}/${context.system}`

  return {
    check: (signal) => check(context, client, signal),
    async send(delivery, signal) {
      const send = sends[delivery.operation]
      if (!send) throw permanent('operation-missing')
      return send(tools, delivery, signal)
    },
    async confirm(delivery, signal) {
      switch (delivery.operation) {
        case 'push-dossier':
          return confirmDossier(tools, delivery, signal)
        case 'push-progress':
          return confirmProgress(tools, delivery, signal)
        case 'push-answer':
          return confirmAnswer(tools, delivery, signal)
        default:
          // No service tells what it has taken of these.
          return 'cannot-tell'
      }
    },
    pull: (request, signal) =>
      pullQuestions({ client, clock: context.clock, source }, request, signal),
    doors: createDoors({ context, options, links, source, edge }),
    async close() {},
  }
}

export default createConnector
