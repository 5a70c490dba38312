import { errorTable } from '../../../domain/errors.ts'
import type { ProblemView } from '../../../engine/ports.ts'
import type { Language } from '../language.ts'
import type { Operation } from '../operation.ts'

const present = (problem: ProblemView, language: Language) => ({
  ...problem,
  title: errorTable[problem.code].title[language],
  next: errorTable[problem.code].next[language],
})

const listProblems: Operation = {
  id: 'listProblems',
  tag: 'problems',
  method: 'get',
  path: '/api/v1/problems',
  access: 'systems:read',
  summary: { vi: 'Xem các vướng mắc đang mở', en: 'List the open problems' },
  description: {
    vi: 'Nhiều lượt gửi thất bại vì cùng một nguyên nhân được gộp thành một vướng mắc.',
    en: 'Many failed deliveries with the same cause are one problem.',
  },
  pathParameters: {},
  query: {},
  answers: {
    200: { words: { vi: 'Các vướng mắc.', en: 'The problems.' }, schema: 'OpenProblems' },
  },
  codes: [],
  example: 'curl "$HUB/api/v1/problems" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ exchange, client }) => {
      const problems = await hub.queries.problems(client.reach)
      const items = problems.map((problem) => present(problem, exchange.language))
      return { status: 200, json: { items } }
    },
}

export const problemOperations: readonly Operation[] = [listProblems]
