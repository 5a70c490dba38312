/** The system in miniature: takes questions by PUT, lists answers by offset, gives tokens. */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
  simulatorModes,
} from '../../../../../connector/index.ts'

interface Held {
  readonly code: string
  /** Answers have it, questions have none. */
  readonly changedAt?: string
}

const createSimulator: CreateSimulator = (options) => {
  const state = new Map(options.state ?? []) as Map<string, Held>
  const tokens = createSimulatorTokens({ id: 'lien-thong-h99', secret: 'not-a-real-secret' })

  const read = (request: SimulatorRequest, answer: () => SimulatorAnswer): SimulatorCall => ({
    kind: 'read',
    run: () => (tokens.isKnown(request) ? answer() : { status: 401 }),
  })

  const put = (request: SimulatorRequest): SimulatorCall => {
    const question = request.json() as Held
    const idempotencyKey = String(request.headers['idempotency-key'])
    const { code } = question
    return {
      kind: 'write',
      items: [{ subject: code, operation: 'send-question', idempotencyKey, content: question }],
      run() {
        if (!tokens.isKnown(request)) return { status: 401 }
        const isNew = JSON.stringify(state.get(code)) !== JSON.stringify(question)
        state.set(code, question)
        return { body: { result: 'saved' }, applied: isNew }
      },
      duplicate: () => ({ status: 409, body: { result: 'exists' } }),
      unknownWords: () => ({ body: { result: 'xin-cho' } }),
    }
  }

  const list = (query: URLSearchParams): SimulatorAnswer => {
    const [skip, limit] = [Number(query.get('skip')), Number(query.get('limit'))]
    const since = Date.parse(query.get('since') ?? '')
    const answers = [...state.values()]
      .filter(({ changedAt }) => changedAt && !(Date.parse(changedAt) < since))
      .sort((a, b) => Date.parse(a.changedAt ?? '') - Date.parse(b.changedAt ?? ''))
    const items = answers.slice(skip, skip + limit)
    return { body: { items, more: skip + limit < answers.length } }
  }

  return createSimulatorServer(options, {
    modes: simulatorModes.filter((mode) => mode !== 'partial-batch'),
    state: () => state,
    forgetSessions: () => tokens.forget(),
    handle(request) {
      const [, place, code = ''] = request.path.split('/')
      switch (`${request.method} ${place}`) {
        case 'POST token':
          return tokens.give(request)
        case 'PUT questions':
          return put(request)
        case 'GET questions':
          return read(request, () => {
            const held = state.get(decodeURIComponent(code))
            return held ? { body: held } : { status: 404 }
          })
        case 'GET answers':
          return read(request, () => list(request.query))
        default:
          return { kind: 'read', run: () => ({ status: 404 }) }
      }
    },
  })
}

export default createSimulator
