/**
 * `hub demo`: a province in miniature on one machine. The embedded PostgreSQL, the simulated systems
 * and the hub; invented dossiers flow until it is stopped, or once (`--once`), with a verdict.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import createPortal, { account } from '../../../connectors/dvcqg/simulator.ts'
import {
  createDossierGenerator,
  type GeneratedLife,
} from '../../../connectors/tthc/simulator/dossier-generator.ts'
import createTthc from '../../../connectors/tthc/simulator.ts'
import type { Simulator, SimulatorMode } from '../../connector/index.ts'
import { createDemoLog } from '../compose/demo-log.ts'
import { endSoon, startHub } from '../compose/serve.ts'
import type { Hub } from '../hub.ts'
import { type Environment, readSettings } from '../settings.ts'
import {
  isSound,
  type Result,
  readCounters,
  say,
  sayAddresses,
  saySummary,
  type Tally,
  tell,
} from './account.ts'
import { comparePortal } from './check.ts'
import { demoConfiguration } from './configuration.ts'
import { type Answers, listAll, mustHaveArrived, type Stage, sendLives, settleAll } from './pass.ts'
import { handIn, missingAt, portalBorn } from './portal-born.ts'
import { startRemembering } from './simulators.ts'

const seed = 766
const onceDossiers = 220
const onceMessages = 1_600
const settleDeadlineMs = 120_000
const portalBornDossiers = 12
const secretName = 'HUB_SECRET_DEMO'

interface Demo {
  readonly stage: Stage
  readonly portal: Simulator
  readonly tthc: Simulator
  readonly dataDir: string
  stop(): Promise<void>
}

/** The wanted port, or any free one where another program has it. */
const freePort = (wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      wanted === 0 ? reject(new Error('no free port')) : resolve(freePort(0)),
    )
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' ? (address?.port ?? wanted) : wanted
      probe.close(() => resolve(port))
    })
  })

async function open(env: Environment, signal: AbortSignal): Promise<Demo> {
  const given = readSettings({ ...env, HUB_ENV: 'demo' })
  const dataDir = join(given.dataDir, 'demo')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const httpPort = await freePort(given.httpPort)
  // Its own store, whatever the shell says: invented dossiers must never reach a real one.
  const settings = {
    ...given,
    databaseUrl: undefined,
    redisUrl: undefined,
    masterKeyFile: undefined,
    publicUrl: undefined,
    dataDir,
    httpPort,
    role: 'all' as const,
    httpHost: '127.0.0.1',
  }
  say(`Dữ liệu / data: ${dataDir} (nhật ký / log: hub.log)`)
  const portal = await startRemembering(createPortal, join(dataDir, 'portal.jsonl'))
  const tthc = await startRemembering(createTthc, join(dataDir, 'tthc.jsonl'))
  const redirects = {
    dvcqg: { adapterUrl: portal.address, ...account, password: `env:${secretName}` },
    tthc: {
      baseUrl: tthc.address,
      auth: 'oauth2',
      clientId: 'lien-thong-h99',
      clientSecret: `env:${secretName}`,
      apiKey: undefined,
    },
  }
  const hubs: { stop(): Promise<unknown> }[] = []
  const stop = async (): Promise<void> => {
    for (const one of [...hubs, portal, tthc]) await one.stop()
  }
  try {
    const started = await startHub({
      settings,
      log: createDemoLog(join(dataDir, 'hub.log')),
      secret: (name) => (name === secretName ? account.password : env[name]),
      adapt: (files) => demoConfiguration(files, redirects, `http://127.0.0.1:${httpPort}`),
    })
    hubs.push(started)
    const { hub, address } = started
    const key = await keyOf(hub)
    return { stage: { hub, address: address ?? '', key, signal }, portal, tthc, dataDir, stop }
  } catch (error) {
    // The simulators would keep a process alive that has nothing to do any more.
    await stop()
    endSoon()
    throw error
  }
}

async function keyOf(hub: Hub): Promise<string> {
  const act = { actor: 'demo', reason: 'Khoá dùng thử một ngày' }
  const client = {
    id: 'mot-cua',
    title: 'Một cửa điện tử (mô phỏng)',
    scopes: ['admin'],
    sources: ['/*'],
    types: ['*'],
  }
  if (!(await hub.clients.list()).some((known) => known.id === client.id))
    await hub.clients.create(client, act)
  return (await hub.clients.issueKey(client.id, 1, act)).key
}

/** How many dossiers earlier passes have finished with. */
function readPosition(path: string): number {
  try {
    return Number(JSON.parse(readFileSync(path, 'utf8')).dossiers)
  } catch {
    return 0
  }
}

function nextLives(position: number): GeneratedLife[] {
  const generator = createDossierGenerator(seed, { badShare: 0.06 })
  generator.skip(position)
  const lives: GeneratedLife[] = []
  for (let messages = 0; lives.length < onceDossiers || messages < onceMessages; ) {
    const life = generator.life()
    lives.push(life)
    messages += life.messages.length
  }
  return lives
}

const troubles: readonly { mode: SimulatorMode; times: number; words: string }[] = [
  { mode: 'busy', times: 4, words: 'báo bận 4 lần (503)' },
  { mode: 'timeout-after', times: 3, words: 'nhận xong nhưng không trả lời 3 lần' },
  { mode: 'session-expired', times: 1, words: 'huỷ mọi phiên làm việc' },
  { mode: 'html-200', times: 2, words: 'trả trang bảo trì HTML với mã 200, 2 lần' },
  { mode: 'timeout-before', times: 2, words: 'không nhận và không trả lời 2 lần' },
  { mode: 'server-error', times: 2, words: 'lỗi 500 hai lần' },
]

function createTroubles(portal: Simulator): () => void {
  let next = 0
  return () => {
    const trouble = troubles[next++ % troubles.length]
    if (!trouble) return
    portal.misbehave({ mode: trouble.mode, times: trouble.times })
    tell(`  Cổng mô phỏng ${trouble.words}`)
  }
}

async function pass({ stage, portal, tthc, dataDir }: Demo): Promise<Result> {
  const positionPath = join(dataDir, 'position.json')
  const position = readPosition(positionPath)
  const lives = nextLives(position)
  const tally: Tally = { accepted: 0, duplicates: 0, refused: 0 }
  const answers: Answers = new Map()
  const trouble = createTroubles(portal)
  const before = await readCounters(stage.hub)
  const startedAt = Date.now()
  let troubledAt = 0
  await sendLives(stage, lives, tally, answers, (sent) => {
    if (sent - troubledAt < 250) return
    troubledAt = sent
    trouble()
  })
  const born = portalBorn(position, portalBornDossiers)
  const handedIn = await handIn(stage, born)
  tell(`  ${handedIn} hồ sơ nộp trên Cổng đã vào qua cửa của Cổng`)
  const discarded = await settleAll(stage, tally, settleDeadlineMs)
  const seconds = (Date.now() - startedAt) / 1000
  const sent = await mustHaveArrived(stage.hub, lives, answers)
  const open = await Promise.all(
    (['waiting', 'sending', 'unknown', 'dead', 'held'] as const).map((state) =>
      listAll(stage.hub, state),
    ),
  )
  const unfinished = open.flat().length
  if (unfinished === 0 && !stage.signal.aborted)
    writeFileSync(positionPath, JSON.stringify({ dossiers: position + lives.length }))
  const after = await readCounters(stage.hub)
  return {
    dossiers: lives.length,
    tally,
    delivered: after.delivered - before.delivered,
    dead: discarded,
    seconds,
    unfinished,
    comparison: comparePortal(sent, portal.state()),
    portalBorn: born.length,
    portalBornMissing: missingAt(tthc.state(), born),
  }
}

/** True when nothing was lost, doubled or out of order. */
export async function runDemo(
  options: { readonly once: boolean },
  env: Environment,
): Promise<boolean> {
  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())
  const demo = await open(env, abort.signal)
  try {
    sayAddresses(demo.stage.address, demo.stage.key)
    for (;;) {
      const result = await pass(demo)
      // Stopped in the middle: `--once` has then proved nothing.
      if (abort.signal.aborted) return !options.once
      saySummary(result)
      if (options.once || !isSound(result)) return isSound(result)
      say(
        'Lượt tiếp theo bắt đầu sau 5 giây; dừng bằng Ctrl+C. / Next pass in 5 s; stop with Ctrl+C.',
      )
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      if (abort.signal.aborted) return true
    }
  } finally {
    await demo.stop()
    endSoon()
  }
}
