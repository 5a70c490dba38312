import { HubError } from '../../../domain/errors.ts'
import { isLimited, reachesSystem } from '../../../domain/unit.ts'
import type { Caller } from '../../../engine/ports/people.ts'
import type { CandidateParts } from '../../config/candidate.ts'
import type { Hub } from '../../hub.ts'
import { actorOf } from '../acting.ts'
import { disconnectSignal } from '../exchange.ts'
import { maskDryRun } from '../mask.ts'
import type { Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'

interface Body {
  readonly samples?: readonly unknown[]
  readonly messages?: readonly string[]
  readonly last?: number
  readonly fromStart?: boolean
  readonly configuration?: CandidateParts
}

/** A caller waits so long; what has been found until then is the answer. */
const longestMs = 25_000
const mostBytes = 8 * 1024 * 1024

/**
 * A dry run shows messages of every unit, and what a source says of every unit: whoever is limited to some
 * cannot have it. A job belongs to the system that it sends to or asks.
 */
function mayRun(hub: Hub, id: string, { reach }: Caller): boolean {
  if (reach.units.length > 0) return false
  const job = hub.revisions.running()?.configuration.jobs.find((one) => one.id === id)
  if (!job) return reach.systems.length === 0
  return reachesSystem(reach, job.kind === 'push' ? job.to : job.from)
}

const dryRunJob: Operation = {
  id: 'dryRunJob',
  tag: 'dry-runs',
  method: 'post',
  path: '/api/v1/jobs/{id}/dry-run',
  access: 'systems:write',
  alsoReads: 'personal-data:read',
  told: true,
  summary: {
    vi: 'Chạy thử một luồng, không gửi gì đi',
    en: 'Run a job dry: nothing is sent',
  },
  description: {
    vi: 'Cho bản tin mẫu, hoặc các bản tin gần nhất, đi qua luồng và trả về thứ sẽ được gửi, lỗi, mã chưa chuyển đổi được; có configuration thì so với bản đang dùng. Việc lấy về thì đọc một trang từ nguồn và không giữ gì. Không có quyền personal-data:read thì mọi giá trị bị che. Mỗi lần chạy thử được ghi nhật ký.',
    en: 'Takes samples, or the newest messages, through the job and answers what would be sent, its faults, codes without translation; with a configuration, how that differs from the revision in force. A pull reads one page at its source and keeps nothing. Without personal-data:read every value is hidden. Each dry run is on record.',
  },
  pathParameters: {
    id: text(['Mã luồng / Job id'], { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
  },
  query: {},
  body: { kind: 'json', schema: 'DryRun', large: true },
  answers: { 200: { words: { vi: 'Kết quả.', en: 'The report.' }, schema: 'DryRunReport' } },
  codes: [
    'not-found',
    'system-misconfigured',
    'dry-run-impossible',
    'state-conflict',
    'session-refused',
    'answer-invalid',
    'answer-timeout',
    'connection-refused',
  ],
  example: `curl "$HUB/api/v1/jobs/dossiers-to-dvcqg/dry-run" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"last": 200}'`,
  handler:
    ({ hub }) =>
    async ({ path, body, client, exchange }) => {
      const { configuration, ...request } = body as Body
      // With a configuration of one's own a job could ask any system.
      const mayAsk = configuration === undefined || !isLimited(client.reach)
      if (!mayAsk || !mayRun(hub, path.id ?? '', client)) throw new HubError('not-found')
      const signal = AbortSignal.any([disconnectSignal(exchange), AbortSignal.timeout(longestMs)])
      const candidate = configuration && hub.dryRuns.candidate(configuration)
      const report = await hub.dryRuns.run(
        { ...request, job: path.id ?? '', mostBytes, ...(candidate && { candidate }) },
        { actor: actorOf(client), reason: '' },
        signal,
      )
      const mayRead = hasScope(client, 'personal-data:read')
      return { status: 200, json: mayRead ? report : maskDryRun(report) }
    },
}

export const dryRunOperations: readonly Operation[] = [dryRunJob]
