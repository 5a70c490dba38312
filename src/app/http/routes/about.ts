import { diagnosticBundle } from '../../bundle.ts'
import { actorOf } from '../acting.ts'
import type { Operation } from '../operation.ts'
import { unlimited } from '../unlimited.ts'

const readAbout: Operation = {
  id: 'readAbout',
  tag: 'about',
  method: 'get',
  path: '/api/v1/about',
  access: 'process:read',
  summary: {
    vi: 'Phiên bản, tiến trình, dung lượng, thiết lập',
    en: 'Versions, processes, storage, settings',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Liên thông này.', en: 'This hub.' }, schema: 'About' } },
  codes: [],
  example: 'curl "$HUB/api/v1/about" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: await hub.about.read() }),
}

const readFindings: Operation = {
  id: 'readFindings',
  tag: 'about',
  method: 'get',
  path: '/api/v1/about/doctor',
  access: 'process:read',
  summary: { vi: 'Khám liên thông', en: 'Run the doctor' },
  description: {
    vi: 'Như hub doctor, nhìn từ tiến trình này; hỏi ngày hết hạn chứng thư của các hệ thống nên có thể mất vài giây.',
    en: 'As hub doctor, seen from this process. It asks the systems for the dates of their certificates, so it may take seconds.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Kết quả khám.', en: 'Findings.' }, schema: 'Findings' } },
  codes: [],
  example: 'curl "$HUB/api/v1/about/doctor" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: { items: await hub.about.doctor() } }),
}

const readBundle: Operation = {
  id: 'readBundle',
  tag: 'about',
  method: 'get',
  path: '/api/v1/about/bundle',
  access: 'process:read',
  summary: { vi: 'Tải gói chẩn đoán', en: 'Fetch the diagnostic bundle' },
  description: {
    vi: 'Một tệp JSON để gửi người hỗ trợ: phiên bản, trạng thái, số đếm, kết quả khám. Không có dữ liệu cá nhân, bí mật hay lời ai viết. Việc tải vào nhật ký kiểm toán.',
    en: 'One JSON file for whoever helps: versions, states, counts, findings. No personal data, no secret, no word that anybody has written. That it was fetched is on record.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Gói chẩn đoán.', en: 'The bundle.' }, schema: 'Bundle' } },
  codes: [],
  example: 'curl "$HUB/api/v1/about/bundle" -H "X-Api-Key: $KEY" -o chan-doan.json',
  handler:
    ({ hub }) =>
    async ({ client }) => {
      const bundle = await diagnosticBundle(hub, new Date())
      await hub.audit.note({
        actor: actorOf(client),
        action: 'bundle.exported',
        object: 'bundle',
        detail: '',
      })
      const name = `chan-doan-${bundle.madeAt.slice(0, 10)}.json`
      return {
        status: 200,
        json: bundle,
        headers: ['Content-Disposition', `attachment; filename="${name}"`],
      }
    },
}

/** It tells of every system. */
export const aboutOperations: readonly Operation[] = [readAbout, readFindings, readBundle].map(
  unlimited,
)
