/**
 * Every system refuses everything until so many dossiers have a dead letter at their head (`--times`,
 * 10,000 without it). Then they are redriven, a hundred a second, while hubs are killed.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Course, Scene } from './course.ts'
import { systemIds, type Wound } from './history.ts'
import { wound } from './nemesis.ts'

const perSecond = 100
const kills = 5

const deadOnes = ({ world }: Scene): Promise<{ id: string }[]> =>
  world.sql<{ id: string }>(
    `select lane || '.' || number as id from hub.failure where state = 'dead' order by lane, number`,
  )

/**
 * Until a hub has said something other than that it is away: "done", "done before" where an earlier try that
 * nobody answered has done it, otherwise what stood in the way.
 */
async function redriveOne({ world }: Scene, id: string): Promise<string> {
  for (let broken = 0; broken < 60; broken++) {
    const { address } = world.hubs[broken % world.hubs.length] ?? { address: '' }
    try {
      const response = await fetch(`${address}/api/v1/deliveries/${id}/redrive`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${world.keys.person}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ reason: 'Hệ thống thử đã chạy lại' }),
        signal: AbortSignal.timeout(10_000),
      })
      if (response.ok) return 'done'
      const { code } = (await response.json()) as { code: string }
      // 408: the request came in pieces that were too far apart, on a machine that stood still.
      if (response.status < 500 && response.status !== 408)
        return code === 'state-conflict' && broken > 0 ? 'done before' : code
    } catch {
      // Killed; the other may be there.
    }
    // A thousand who knock every 50 ms while hubs start are a load of their own, on the harness itself.
    await pause(Math.min(2_000, 50 * 2 ** broken))
  }
  return 'nobody answered'
}

/** What was said, and how often. */
async function redriveAll(scene: Scene, ids: readonly string[]): Promise<Map<string, number>> {
  const said = new Map<string, number>()
  const from = Date.now()
  const under: Promise<void>[] = []
  for (const [index, id] of ids.entries()) {
    const early = from + (index * 1000) / perSecond - Date.now()
    if (early > 0) await pause(early)
    under.push(
      redriveOne(scene, id).then((one) => {
        said.set(one, (said.get(one) ?? 0) + 1)
      }),
    )
  }
  await Promise.all(under)
  return said
}

export const redrive: Course = async (scene) => {
  const { world, person, random, progress, times = 10_000 } = scene
  person.rest()
  for (const system of systemIds) await world.weather(system, { refused: 1 })
  let dead: { id: string }[] = []
  const until = Date.now() + scene.seconds * 1000
  while (dead.length < times && Date.now() < until) {
    await pause(1_000)
    dead = await deadOnes(scene)
  }
  progress(`${dead.length} dead letters`)
  for (const system of systemIds) await world.weather(system, {})
  const ids = dead.slice(0, times).map(({ id }) => id)
  const from = Date.now()
  const redriving = redriveAll(scene, ids)
  const wounds: Wound[] = []
  for (let kill = 0; kill < kills; kill++) {
    await pause((ids.length / perSecond / (kills + 1)) * 1000)
    wounds.push(await wound(world, 'hub-kill', random))
    progress(`hub-kill: moving again after ${wounds.at(-1)?.recoveryMs ?? '?'} ms`)
  }
  const said = await redriving
  const rate = ids.length / ((Date.now() - from) / 1000)
  progress(`redriven at ${rate.toFixed(0)} a second: ${JSON.stringify(Object.fromEntries(said))}`)
  person.work()
  const well = (said.get('done') ?? 0) + (said.get('done before') ?? 0)
  return {
    wounds,
    judge: () => [
      {
        promise: 'as many dead letters as were asked for were redriven',
        of: times,
        against: times - well,
        ok: well === times,
        examples: [...said].map(([one, count]) => `${one} x${count}`),
      },
    ],
  }
}
