/** Server-sent events that say what has changed; the lists themselves are asked as always. */
import { HubError } from '../../../domain/errors.ts'
import type { LiveListener, LiveTopic } from '../../../engine/ports/live.ts'
import { keyOf } from '../auth.ts'
import { sessionTokenOf } from '../cookies.ts'
import type { Call, Operation } from '../operation.ts'
import { count } from '../schemas/shape.ts'
import { hasScope, type Scope } from '../scopes.ts'

/** So often something is written, so that nobody on the way takes the line for dead, and rights are looked at. */
const beatMs = 15_000
const mostSeconds = 86_400

const scope = 'deliveries:read'
/** What the list itself asks for. */
const scopeOf: Readonly<Record<LiveTopic, Scope>> = {
  ...{ deliveries: scope, plans: scope, corrections: scope },
  dossiers: 'messages:read',
  ...{ problems: 'systems:read', systems: 'systems:read', pulls: 'systems:read' },
}

/** Whether he who listens might begin to listen now. That he is looked at is no use of his session. */
async function mayStill({ exchange: { request }, hub }: Call): Promise<boolean> {
  const key = keyOf(request)
  const token = key === undefined ? sessionTokenOf(request) : undefined
  try {
    const client =
      token === undefined
        ? await hub.clients.authenticate(key)
        : (await hub.people.session(token, { background: true })).caller
    return hasScope(client, scope)
  } catch (error) {
    // A store that is away says nothing about rights.
    return error instanceof HubError && error.code === 'store-unavailable'
  }
}

async function* told(call: Call, listener: LiveListener, seconds: number) {
  const encoder = new TextEncoder()
  const untilMs = performance.now() + seconds * 1000
  let lookedMs = performance.now()
  yield encoder.encode('retry: 3000\n\n')
  for (;;) {
    const restMs = untilMs - performance.now()
    if (restMs <= 0) return
    const changed = await listener.next(Math.min(beatMs, restMs))
    if (listener.isOver()) return
    if (performance.now() - lookedMs >= beatMs - 100) {
      if (!(await mayStill(call))) return
      lookedMs = performance.now()
    }
    const topics = changed.filter((topic) => hasScope(call.client, scopeOf[topic]))
    const data = JSON.stringify({ at: new Date().toISOString(), topics })
    yield encoder.encode(topics.length > 0 ? `event: changed\ndata: ${data}\n\n` : ':\n\n')
  }
}

const followLive: Operation = {
  id: 'followLive',
  tag: 'deliveries',
  method: 'get',
  path: '/api/v1/live',
  access: scope,
  byItself: true,
  summary: { vi: 'Theo dõi trực tiếp', en: 'Follow what changes' },
  description: {
    vi: 'Luồng sự kiện (server-sent events). `event: changed` mang `{"at", "topics"}`: danh sách nào dưới /api/v1/ vừa đổi ở đâu đó, không có nội dung; hỏi lại danh sách ấy để biết trong phạm vi của mình. Cứ 15 giây có một dòng chú thích. Kết thúc khi phiên hoặc khoá hết hiệu lực và khi liên thông dừng. Không kéo dài phiên. Mỗi bên gọi 20 luồng, mỗi tiến trình 500.',
    en: 'Server-sent events. `event: changed` carries `{"at", "topics"}`: which lists below /api/v1/ have changed somewhere, and no content; ask the list to know what is new within your reach. A comment every 15 seconds. Ends with the session or the key, and when the hub stops. Does not prolong a session. 20 streams for one caller, 500 for a process.',
  },
  pathParameters: {},
  query: {
    seconds: count(
      [
        'Bao lâu / How long',
        'Số giây; mặc định và nhiều nhất một ngày. / At most a day, as by default.',
      ],
      { maximum: mostSeconds },
    ),
  },
  answers: {
    200: {
      words: { vi: 'Luồng sự kiện.', en: 'The events.' },
      mediaTypes: ['text/event-stream'],
    },
  },
  codes: [],
  example: 'curl -N "$HUB/api/v1/live" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => {
      const { response } = call.exchange
      const { seconds = mostSeconds } = call.query as { seconds?: number }
      const listener = await hub.live.listen(call.client.id)
      response.once('close', listener.end)
      if (response.destroyed) listener.end()
      return {
        status: 200,
        stream: { type: 'text/event-stream; charset=utf-8', body: told(call, listener, seconds) },
        // A proxy is not to hold it back.
        headers: ['X-Accel-Buffering', 'no'],
      }
    },
}

export const liveOperations: readonly Operation[] = [followLive]
