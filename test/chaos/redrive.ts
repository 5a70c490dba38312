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

/** Until a hub has said something other than that it is away; what it said. */
async function redriveOne({ world }: Scene, id: string): Promise<string> {
  for (;;) {
    for (const { address } of world.hubs) {
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
        const { code, detail } = (await response.json()) as { code: string; detail?: string }
        if (response.status < 500) return `${code} ${detail ?? ''}`
      } catch {
        // Killed; the other may be there.
      }
    }
    await pause(50)
  }
}

async function redriveAll(scene: Scene, ids: readonly string[]): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  const from = Date.now()
  const under: Promise<void>[] = []
  for (const [index, id] of ids.entries()) {
    const early = from + (index * 1000) / perSecond - Date.now()
    if (early > 0) await pause(early)
    under.push(
      redriveOne(scene, id).then((status) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }),
    )
  }
  await Promise.all(under)
  return statuses
}

export const redrive: Course = async (scene) => {
  const { world, person, random, progress, times = 10_000 } = scene
  person.rest()
  for (const system of systemIds) await world.weather(system, { refused: 1 })
  let ids: { id: string }[] = []
  const until = Date.now() + scene.seconds * 1000
  while (ids.length < times && Date.now() < until) {
    await pause(1_000)
    ids = await deadOnes(scene)
  }
  progress(`${ids.length} dead letters`)
  for (const system of systemIds) await world.weather(system, {})
  const dead = ids.slice(0, times).map(({ id }) => id)
  const from = Date.now()
  const wounds: Wound[] = []
  const redriving = redriveAll(scene, dead)
  for (let kill = 0; kill < kills; kill++) {
    await pause((dead.length / perSecond / (kills + 1)) * 1000)
    wounds.push(await wound(world, 'hub-kill', random))
    progress(`hub-kill: moving again after ${wounds.at(-1)?.recoveryMs ?? '?'} ms`)
  }
  const statuses = await redriving
  const rate = dead.length / ((Date.now() - from) / 1000)
  progress(`redriven, by status: ${JSON.stringify([...statuses])}, ${rate.toFixed(0)} a second`)
  person.work()
  const taken = statuses.get(200) ?? statuses.get(204) ?? 0
  return {
    wounds,
    judge: () => [
      {
        promise: 'as many dead letters as were asked for, each redriven or found redriven already',
        of: dead.length,
        against: times - dead.length + dead.length - taken - (statuses.get(409) ?? 0),
        ok: dead.length === times && taken + (statuses.get(409) ?? 0) === dead.length,
        examples: [...statuses].map(([status, count]) => `${status} x${count}`),
      },
    ],
  }
}
