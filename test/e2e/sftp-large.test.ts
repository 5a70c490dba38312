/**
 * A large file by SFTP, through the whole hub, its worker killed in the midst of it.
 *
 *   SFTP_ROWS=10000 npx vitest run test/e2e/sftp-large.test.ts
 *
 * prints rows a second and the peak of memory. Without the variable 1,200 rows.
 */
import { afterEach, expect, it } from 'vitest'
import manifest from '../../connectors/sftp/connector.json' with { type: 'json' }
import { createSftpSimulator, type SftpSimulator } from '../../connectors/sftp/simulator.ts'
import type { JobFile } from '../../src/app/config/defaults.ts'
import { type LargePull, openLargePull } from '../support/large-pull.ts'

const measured = process.env.SFTP_ROWS
const count = Number(measured ?? 1_200)
const mostMegabytes = 300
const words = { vi: 'Tệp lớn', en: 'A large file' }
const [example] = manifest.options.examples
const job: JobFile = {
  ...{ kind: 'pull', id: 'lay-ve', title: words, from: 'tep', operation: 'questions' },
  ...{ schedule: '0 0 1 1 *', overlapSeconds: 0 },
}
const idOf = (day: number, n: number): string => `HD-99-${day}-${n}`
const csvOf = (day: number): string =>
  [
    'Mã câu hỏi;Cơ quan;Tên cơ quan;Nội dung;Ngày hỏi',
    ...Array.from(
      { length: count },
      (_, n) =>
        `${idOf(day, n)};H99.14;Uỷ ban nhân dân xã An Thử;${`Câu hỏi thử nghiệm số ${n}. `.repeat(20)};0${day}/03/2026 09:00:00`,
    ),
  ].join('\r\n')

let simulator: SftpSimulator
let large: LargePull
afterEach(async () => {
  await large.close()
  await simulator.stop()
})

it('reads a large file, killed in its midst, and puts it away only at its end', async () => {
  simulator = await createSftpSimulator({
    ...{ port: 0, state: new Map([['/vao/cau-hoi-1.csv', csvOf(1)]]) },
  })
  const pulls = example?.pulls
    ?.filter(({ name }) => name === job.operation)
    .map((pull) => ({ ...pull, pageSize: 100, done: '/vao/xong' }))
  large = await openLargePull(job.id, {
    systems: [
      {
        ...{ id: 'tep', connector: 'sftp', title: words, timeoutMs: 10_000 },
        options: {
          ...{ ...example, server: simulator.address, password: 'env:HUB_SECRET_SFTP' },
          ...{ pulls, operations: [] },
        },
      },
    ],
    jobs: [job],
    secrets: { HUB_SECRET_SFTP: 'not-a-real-secret' },
  })
  const files = (): string[] => [...simulator.state().keys()]
  await large.runThroughAKill(count / 3, () => expect(files()).toEqual(['/vao/cau-hoi-1.csv']))
  const first = Array.from({ length: count }, (_, n) => idOf(1, n))
  expect(await large.subjects()).toEqual(first.sort())
  expect(files()).toEqual(['/vao/xong/cau-hoi-1.csv'])

  simulator.files.put('/vao/cau-hoi-2.csv', csvOf(2))
  const { seconds } = await large.run()
  expect(await large.taken()).toBe(2 * count)
  const peak = large.peakMegabytes()
  if (measured)
    console.log(`sftp: ${count} rows, ${Math.round(count / seconds)} rows/s, peak ${peak} MB`)
  expect(peak).toBeLessThan(mostMegabytes)
}, 1_800_000)
