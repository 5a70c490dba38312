import { afterEach, describe, expect, it } from 'vitest'
import type { Held } from '../../../connectors/dvcqg/simulator-portal.ts'
import { beginDvcqg, cleanUp } from '../../support/dvcqg.ts'
import { pullRequest } from '../../support/pull-request.ts'

afterEach(cleanUp)

describe('questions', () => {
  it('hands over every question once, and again when it has changed', async () => {
    const question = {
      HOIDAPID: 12,
      MALINHVUC: 'G99-LV01',
      MADONVI: '000.00.14.H99',
      TENDONVI: 'UBND xã Thử',
      NOIDUNG: 'Nộp hồ sơ ở đâu?',
      HOVATEN: 'Nguyễn Văn Thử',
      TRANGTHAI: 1,
    }
    const skipped = { ...question, HOIDAPID: 13, TRANGTHAI: '0' }
    const { rig, portal } = await beginDvcqg(
      {},
      new Map([
        ['12', { question }],
        ['13', { question: skipped }],
      ]),
    )
    const pull = async (cursor?: string) => {
      const request = pullRequest({ operation: 'questions', cursor, startedFrom: cursor })
      const page = await rig.connector.pull?.(request, new AbortController().signal)
      if (!page) throw new Error('no page')
      return page
    }

    const first = await pull()
    const second = await pull(first.cursor)
    ;(portal.state().get('12') as Held).question = { ...question, NOIDUNG: 'Nộp ở đâu, khi nào?' }
    const third = await pull(second.cursor)

    expect(first.messages).toMatchObject([
      {
        source: '/h99/cong-dvcqg',
        type: 'vn.tthc.question.asked.v1',
        subject: '12',
        data: { id: '12', agency: { code: '000.00.14.H99' }, content: 'Nộp hồ sơ ở đâu?' },
      },
    ])
    expect(second.messages).toEqual([])
    expect(third.messages).toHaveLength(1)
    expect(third.messages[0]?.eventId).not.toBe(first.messages[0]?.eventId)
  })
})
