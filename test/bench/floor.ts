/**
 * The floor: the smallest honest pipeline with the same libraries and the same HTTP client. Express
 * takes a message, PostgreSQL keeps it (micro-batched, durable before the 202), BullMQ carries one
 * job per message, the worker translates and posts it, the result is kept (micro-batched). No order,
 * no schemas, no encryption, no hash, no audit, no idempotency, no leases.
 */
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq'
import express from 'express'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createHttpClient } from '../../src/adapters/http/client.ts'
import type { Outgoing } from '../../src/connector/index.ts'
import { createBatcher } from '../../src/engine/batcher.ts'

interface FloorSettings {
  readonly role: 'all' | 'api' | 'worker'
  readonly databaseUrl: string
  readonly redisUrl: string | undefined
  readonly target: string
}

const settings = JSON.parse(process.env.FLOOR ?? '{}') as FloorSettings
const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: 8 })
await pool
  .query(
    `create table if not exists floor_message (id bigint generated always as identity primary key, event_id text, body jsonb)`,
  )
  .catch(() => undefined)
await pool
  .query(
    `create table if not exists floor_result (id bigint primary key, at timestamptz not null default now())`,
  )
  .catch(() => undefined)

const jobOptions = { attempts: 5, removeOnComplete: true, removeOnFail: true }
const queueName = 'floor'
if (!settings.redisUrl) await runMigrations(pool, 'floor_queue').catch(() => undefined)
const pgConnection = {
  connectionString: settings.databaseUrl,
  schema: 'floor_queue',
  skipMigrations: true,
  max: 4,
}
const redis = (): Redis => new Redis(settings.redisUrl ?? '', { maxRetriesPerRequest: null })

interface Kept {
  readonly id: string
  readonly body: string
}

const queue = settings.redisUrl
  ? new Queue(queueName, { connection: redis() })
  : new Queue(queueName, { connection: pgConnection }, createPostgresBackend)

const keep = createBatcher<string, string>({
  maxItems: 200,
  maxWeight: Number.POSITIVE_INFINITY,
  weightOf: () => 0,
  async run(bodies) {
    const { rows } = await pool.query<Kept>({
      name: 'floor-keep',
      text: `insert into floor_message (event_id, body) select b->>'id', b from unnest($1::jsonb[]) as t (b) returning id`,
      values: [bodies],
    })
    const ids = rows.map((row) => row.id)
    await queue.addBulk(
      ids.map((id, index) => ({ name: 'm', data: { id, body: bodies[index] }, opts: jobOptions })),
    )
    return ids
  },
})

function startApi(): Promise<number> {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.post(
    '/api/v1/messages',
    express.raw({ type: () => true, limit: '5mb' }),
    async (request, response) => {
      const id = await keep.add((request.body as Buffer).toString('utf8'))
      response.status(202).json({ id })
    },
  )
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () =>
      resolve((server.address() as { port: number }).port),
    )
  })
}

const done = createBatcher<string, void>({
  maxItems: 500,
  maxWeight: Number.POSITIVE_INFINITY,
  weightOf: () => 0,
  async run(ids) {
    await pool.query({
      name: 'floor-done',
      text: 'insert into floor_result (id) select unnest($1::bigint[]) on conflict do nothing',
      values: [ids],
    })
    return ids.map(() => undefined)
  },
})

async function startWorker(): Promise<void> {
  const http = createHttpClient({
    allowedOrigins: [settings.target],
    timeoutMs: 30_000,
    sockets: { max: 132 },
  })
  const signal = new AbortController().signal
  const at = `${settings.target}/XrdAdapter/RestService/forward/mapi`
  const query = { dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider' }
  const post = async (path: string, body: object) =>
    (
      await http.request({
        method: 'POST',
        url: `${at}/${path}`,
        query,
        body: body as Outgoing<object>,
        signal,
      })
    ).json() as {
      session?: string
      error_code?: unknown
    }
  const { session } = await post('login', { username: 'tinh-demo', password: 'not-a-real-secret' })
  const work = async (job: { data: { id: string; body: string } }): Promise<void> => {
    const { dossier } = JSON.parse(job.data.body).data
    const answer = await post('g', {
      session,
      madonvi: '000.00.00.H99',
      service: 'DongBoHoSoMC',
      isUpdating: 'False',
      data: [mapDossier(dossier)],
    })
    if (!['0', '3', '-3'].includes(String(answer.error_code))) throw new Error('refused')
    await done.add(job.data.id)
  }
  const options = { concurrency: 128 }
  if (settings.redisUrl) new Worker(queueName, work, { ...options, connection: redis() })
  else new Worker(queueName, work, { ...options, connection: pgConnection }, createPostgresBackend)
}

const digits = (time: string | undefined): string =>
  time ? new Date(Date.parse(time) + 25_200_000).toISOString().replace(/\D/g, '').slice(0, 14) : ''

interface FloorDossier {
  readonly [name: string]: string
}

/** A mapping of the same weight as the connector's, without its checks. */
function mapDossier(
  dossier: Readonly<Record<string, FloorDossier & string & readonly FloorDossier[]>>,
): object {
  const list = (name: string): readonly FloorDossier[] => dossier[name] ?? []
  return {
    MaHoSo: dossier.code,
    MaTTHC: dossier.procedure?.code,
    TenTTHC: dossier.procedure?.name,
    MaLinhVuc: dossier.domain?.code,
    TenLinhVuc: dossier.domain?.name,
    KenhThucHien: '2',
    ChuHoSo: dossier.applicant?.name,
    LoaiDoiTuong: '1',
    SoDienThoai: dossier.applicant?.phone ?? '',
    TrichYeuHoSo: dossier.summary,
    NgayNopHoSo: digits(dossier.submittedAt),
    NgayTiepNhan: digits(dossier.acceptedAt),
    NgayHenTra: digits(dossier.dueAt),
    TrangThaiHoSo: '2',
    HinhThuc: '0',
    DonViXuLy: dossier.handlingUnit?.name,
    GhiChu: dossier.note ?? '',
    NoiNopHoSo: '2',
    TaiLieuNop: list('components').map((part) => ({
      TepDinhKemId: part.id,
      TenTepDinhKem: part.name,
      IsDeleted: 'False',
      MaThanhPhanHoSo: part.code,
      DuongDanTaiTepTin: part.url,
    })),
    DanhSachLePhi: list('fees').map((fee) => ({
      TenPhiLePhi: fee.name,
      MaPhiLePhi: fee.code,
      Gia: String(fee.amount),
    })),
    DanhSachTepDinhKemKhac: [],
    DanhSachHoSoBoSung: [],
    DanhSachGiayToKetQua: [],
  }
}

const port = settings.role === 'worker' ? 0 : await startApi()
if (settings.role !== 'api') await startWorker()
process.send?.({ port })
process.on('disconnect', () => process.exit(0))
