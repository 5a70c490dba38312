/** A department's own database, read by configuration alone. */
import {
  type CheckQuestion,
  type Connector,
  ConnectorError,
  type CreateConnector,
  checkInSteps,
  createMapping,
  namedParts,
  rewoundMark,
  type Words,
} from '../../src/connector/index.ts'
import { type Ask, createSqlClient } from './client.ts'
import { createLookup } from './lookup.ts'
import { namesIn, readOptions } from './options.ts'
import { createPull } from './pull.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options, context.timeoutMs)
  const client = createSqlClient(context, options, namesIn(options))
  const { pulls, lookups } = options
  const pages = namedParts(pulls, (pull) =>
    createPull(
      context,
      options,
      client,
      pull,
      createMapping(pull.message.data, 'toCanonical', context),
    ),
  )
  const questions = namedParts(lookups, (lookup) =>
    createLookup(
      context,
      options,
      client,
      lookup,
      createMapping(lookup.answer, 'toCanonical', context),
    ),
  )

  const question = (
    signal: AbortSignal,
    name: CheckQuestion['name'],
    passed: Words,
    what: (ask: Ask, mayWrite: () => Promise<Words | undefined>) => Promise<Words | undefined>,
  ): CheckQuestion => ({
    ...{ name, passed },
    async ask() {
      try {
        return await client.visit(signal, what)
      } catch (error) {
        // Which table, which column: the code alone does not say it.
        if (error instanceof ConnectorError && error.code === 'system-misconfigured')
          return error.detail
        throw error
      }
    },
  })

  return {
    check: (signal) =>
      checkInSteps(context, [
        question(signal, 'credentials', accepted, async () => undefined),
        question(signal, 'credentials', readsOnly, (_, mayWrite) => mayWrite()),
        ...[...pulls, ...lookups].map(({ name }) =>
          question(signal, 'call', answered(name), async (ask) => {
            const part = pulls.some((pull) => pull.name === name) ? pages(name) : questions(name)
            await part.probe(ask)
            return undefined
          }),
        ),
      ]),
    ...(pulls.length > 0 && {
      pull: (request, signal) => pages(request.operation).read(request, signal),
      rewind: (_, cursor, to) => rewoundMark(cursor, to),
    }),
    ...(lookups.length > 0 && {
      lookup: (asked, signal) => questions(asked.operation).find(asked, signal),
    }),
    async close() {},
  }
}

const accepted: Words = { vi: 'Tài khoản được chấp nhận.', en: 'The account was accepted.' }
const readsOnly: Words = { vi: 'Tài khoản chỉ được đọc.', en: 'The account may only read.' }
const answered = (name: string): Words => ({
  vi: `Đọc được ${name}.`,
  en: `${name} can be read.`,
})

export default createConnector
