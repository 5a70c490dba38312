/** Lookups by a SELECT with named parameters: at most one row, of which the fields asked for are told. */
import {
  type ConnectorContext,
  type ConnectorError,
  type LookupQuestion,
  type LookupRecord,
  type Mapping,
  unknown,
} from '../../src/connector/index.ts'
import type { Ask, SqlClient } from './client.ts'
import type { LookupOptions, SqlOptions } from './options.ts'
import { columnsOf, rowOf } from './row.ts'
import { misfit, question } from './statement.ts'

export interface Lookup {
  find(question: LookupQuestion, signal: AbortSignal): Promise<LookupRecord | undefined>
  /** Asks without any parameter. Throws what a question would throw. */
  probe(ask: Ask): Promise<void>
}

/** Throws `system-misconfigured` where its SELECT is none, or names a parameter that nobody gives. */
export function createLookup(
  { clock }: ConnectorContext,
  { dialect }: SqlOptions,
  client: SqlClient,
  lookup: LookupOptions,
  answer: Mapping,
): Lookup {
  const columns = columnsOf(lookup.answer, lookup.columns ?? [])
  const asked = question(dialect, lookup.select, columns)
  for (const name of asked.names)
    if (!Object.hasOwn(lookup.parameters.properties, name)) throw misfit(notDeclared(name))
  return {
    async probe(ask) {
      await ask(asked.ask({}))
    },
    async find({ fields, parameters }, signal) {
      const statement = asked.ask(parameters)
      const { rows } = await client.visit(signal, (ask) => ask(statement))
      const [cells, second] = rows
      if (second !== undefined) throw twoRows()
      if (cells === undefined) return undefined
      const record = await answer(rowOf(columns, cells), clock.now())
      return Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name)))
    },
  }
}

const notDeclared = (name: string) => ({
  vi: `Câu SELECT dùng tham số :${name} chưa có trong parameters.`,
  en: `The SELECT uses the parameter :${name}, which parameters does not declare.`,
})

const twoRows = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Câu hỏi có hơn một dòng trả lời: không đoán dòng nào là đúng.',
      en: 'More than one row answers the question: which one is right is not guessed.',
    },
  })
