import { afterEach, describe, expect, it } from 'vitest'
import { beginDvcqg, cleanUp, readJson } from '../../support/dvcqg.ts'

afterEach(cleanUp)

describe('others', () => {
  it('confirms an answer by its text', async () => {
    const { portal, lane } = await beginDvcqg()
    const answer = readJson('schemas/tthc/question-answered/examples/valid/by-the-commune.json')
    portal.misbehave({ mode: 'timeout-before', times: 1 })
    await lane.send('push-answer', answer)
    expect(await lane.confirm('push-answer', answer)).toBe('not-applied')

    portal.misbehave({ mode: 'timeout-after', times: 1 })
    await lane.again('push-answer', answer)
    expect(await lane.confirm('push-answer', answer)).toBe('applied')
  })

  it('takes "already there" for an answer only when it is the same answer', async () => {
    const { portal, lane } = await beginDvcqg()
    const answer = readJson<object>(
      'schemas/tthc/question-answered/examples/valid/by-the-commune.json',
    )
    await lane.send('push-answer', answer)

    portal.misbehave({ mode: 'duplicate', times: 2 })
    const same = await lane.again('push-answer', answer)
    const other = await lane.again('push-answer', { ...answer, content: 'Câu trả lời khác.' })

    expect(same.kind).toBe('delivered')
    expect(other).toMatchObject({ kind: 'unknown', code: 'answer-wording-unknown' })
  })

  it('cannot tell about ratings and statuses, for which the portal has no question', async () => {
    const { lane } = await beginDvcqg()
    const rated = readJson('schemas/tthc/dossier-rated/examples/valid/january.json')

    await lane.send('push-rating', rated)

    expect(await lane.confirm('push-rating', rated)).toBe('cannot-tell')
    expect(
      await lane.confirm(
        'push-portal-status',
        readJson('schemas/tthc/dossier-portal-status/examples/valid/accepted.json'),
      ),
    ).toBe('cannot-tell')
  })
})
