import type { CandidateParts } from '../../config/candidate.ts'
import { disconnectSignal } from '../exchange.ts'
import { maskDryRun } from '../mask.ts'
import type { Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'

interface Body {
  readonly samples?: readonly unknown[]
  readonly last?: number
  readonly fromStart?: boolean
  readonly configuration?: CandidateParts
}

/** A caller waits so long; what has been found until then is the answer. */
const longestMs = 25_000
const mostBytes = 8 * 1024 * 1024

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
      const signal = AbortSignal.any([disconnectSignal(exchange), AbortSignal.timeout(longestMs)])
      const candidate = configuration && hub.dryRuns.candidate(configuration)
      const report = await hub.dryRuns.run(
        { ...request, job: path.id ?? '', mostBytes, ...(candidate && { candidate }) },
        { actor: `client:${client.id}`, reason: '' },
        signal,
      )
      const mayRead = hasScope(client, 'personal-data:read')
      return { status: 200, json: mayRead ? report : maskDryRun(report) }
    },
}

export const dryRunOperations: readonly Operation[] = [dryRunJob]
