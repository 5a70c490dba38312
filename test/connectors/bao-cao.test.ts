import { describe, expect, it } from 'vitest'
import index from '../../connectors/bao-cao/fixtures/index.message.json' with { type: 'json' }
import month from '../../connectors/bao-cao/fixtures/month.message.json' with { type: 'json' }
import createConnector from '../../connectors/bao-cao/index.ts'
import { defaultOptions, readOptions } from '../../connectors/bao-cao/options.ts'
import { checkIndex } from '../../connectors/bao-cao/service-index.ts'
import { checkStatistics, ndxpBody, statistic } from '../../connectors/bao-cao/translate.ts'
import {
  ConnectorError,
  createSimulatorServer,
  type DossierStatisticsReported,
  type ServiceIndexReported,
  type SimulatorAnswer,
} from '../../src/connector/index.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { loadedManifest } from '../support/manifest.ts'

const { options: declared } = await loadedManifest('bao-cao')
const data: DossierStatisticsReported = month.data
const options = (more: object = {}) =>
  readOptions({
    ...{ baseUrl: 'https://bao-cao.example', shape: 'ndxp', agencyCode: 'H99.14' },
    ...{ credentials: { style: 'none' }, ...more },
  })

const pointersOf = (
  change: object,
  check = () => checkStatistics({ ...data, ...change }, options()),
): readonly string[] => {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    expect(error.outcome).toMatchObject({ kind: 'permanent', code: 'mapping-failed' })
    return ('faults' in error.outcome ? error.outcome.faults : undefined)?.map(
      ({ pointer }) => pointer,
    ) as string[]
  }
}

describe('connectors/bao-cao numbers', () => {
  it.each<[object, string[]]>([
    [{}, []],
    [{ newlyReceived: 91 }, ['/total']],
    [{ pending: 21, pendingLate: 3 }, ['/total']],
    [{ solvedLate: 5 }, ['/solved', '/solvedLatePercent']],
    [{ pendingInTime: 0 }, ['/pending']],
    [{ solvedInTimePercent: 95.1 }, ['/solvedInTimePercent']],
    [{ solvedInTimePercent: 95.05 }, []],
    [{ agency: { ...data.agency, code: 'H99.15' } }, ['/agency/code']],
    [
      {
        ...{ solved: 0, solvedInTime: 0, solvedLate: 0, pending: 100, pendingInTime: 98 },
        ...{ solvedInTimePercent: 100, solvedLatePercent: 0 },
      },
      ['/solvedInTimePercent'],
    ],
  ])('that do not agree are named: %j', (change, pointers) => {
    expect(pointersOf(change)).toEqual(pointers)
  })

  it('are sent as they came, by the names of each shape', () => {
    expect(statistic(data)).toMatchObject({ Month: 1, Year: 2024, PreExtisting: 10, Pending: 18 })
    expect(statistic({ ...data, period: '2024' })).not.toHaveProperty('Month')
    const [record] = ndxpBody(data, options({ names: { carriedOver: 'TON_KY_TRUOC' } }).names).data
    expect(record).toMatchObject({ MA_DON_VI: 'H99.14', NAM: 2024, THANG: 1, TON_KY_TRUOC: 10 })
    expect(Object.keys(record ?? {})).toHaveLength(15)
    expect(registry.validate('bao-cao/ndxp-request/v1', { data: [record] })).toEqual([])
  })

  it('are not sent when two of them would have one name', () => {
    const { names } = options({ names: { carriedOver: 'TONG_SO' } })
    expect(() => ndxpBody(data, names)).toThrow(
      expect.objectContaining({ code: 'system-misconfigured' }),
    )
  })

  it('have the names that the manifest declares', () => {
    const { path, names } = declared.properties as {
      path: { default: string }
      names: { properties: Record<string, { default: string }> }
    }
    expect(path.default).toBe(defaultOptions.path)
    expect(
      Object.fromEntries(
        Object.entries(names.properties).map(([name, one]) => [name, one.default]),
      ),
    ).toEqual(defaultOptions.names)
  })
})

describe('connectors/bao-cao answers', () => {
  const outcomeOf = async (shape: string, answer: SimulatorAnswer): Promise<unknown> => {
    const simulator = await createSimulatorServer(
      { port: 0 },
      {
        modes: [],
        state: () => new Map(),
        handle: () => ({ kind: 'write', run: () => answer }),
      },
    )
    const connector = createConnector(
      contextOf({
        system: 'bao-cao',
        address: simulator.address,
        options: { ...options({ baseUrl: `${simulator.address}/`, shape }) },
      }),
    )
    const delivery = {
      ...{ id: '1.1', idempotencyKey: 'key-1', attempt: 1, operation: 'gui-thong-ke' },
      ...{ message: { ...month, eventId: month.id }, memo: undefined },
    }
    try {
      return (await connector.send?.(delivery, new AbortController().signal))?.kind
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      return error.outcome.kind
    } finally {
      closeContexts()
      await simulator.stop()
    }
  }

  it.each<[string, object | string, string]>([
    ['consumer-adapter', { Status: 200, Message: 'Thành công' }, 'delivered'],
    ['consumer-adapter', { Status: 200 }, 'delivered'],
    ['consumer-adapter', { Status: 200, Message: 'Không thành công' }, 'unknown'],
    ['consumer-adapter', { Status: 200, Message: 'Dữ liệu không hợp lệ' }, 'unknown'],
    ['consumer-adapter', { Status: 200, Message: 'Kỳ báo cáo đã tồn tại' }, 'unknown'],
    ['consumer-adapter', { Status: 0, Message: 'Thành công' }, 'unknown'],
    ['consumer-adapter', { Status: 0 }, 'unknown'],
    ['consumer-adapter', { Status: 400, Message: 'Thiếu trường Year' }, 'permanent'],
    ['consumer-adapter', { Status: 503, Message: 'Hệ thống đang bận' }, 'retry'],
    ['consumer-adapter', { Status: 500 }, 'unknown'],
    ['consumer-adapter', { Message: 'Thành công' }, 'unknown'],
    ['ndxp', { error_code: '0', message: 'Thành công', result: [] }, 'delivered'],
    ['ndxp', { error_code: '-1', message: 'Thiếu trường NAM' }, 'permanent'],
    ['ndxp', { error_code: '-1', message: 'Lỗi 17' }, 'unknown'],
    ['ndxp', '<html>Bảo trì</html>', 'unknown'],
  ])('of %s are taken for what they are: %j', async (shape, body, kind) => {
    expect(await outcomeOf(shape, { body })).toBe(kind)
  })
})

describe('connectors/bao-cao service index', () => {
  const one = { code: '1.4', numerator: 1, denominator: 2, ratio: 50, score: 3, maxScore: 6 }
  it.each<[object, string[]]>([
    [{}, []],
    [{ indicators: [{ ...one, score: 6 }] }, []],
    [{ indicators: [{ ...one, score: 6.01 }] }, ['/indicators/0/score']],
    [{ indicators: [one, one] }, ['/indicators/1/code']],
    [
      { indicators: [{ ...one, denominator: 0 }] },
      ['/indicators/0/numerator', '/indicators/0/ratio'],
    ],
    [{ indicators: [{ code: '1.4', denominator: 0, ratio: 0 }] }, []],
    [{ groups: [{ code: 'CKMB', score: 18.5, maxScore: 18 }] }, ['/groups/0/score']],
    [{ groups: [{ code: 'CKMB', score: 18.5 }] }, []],
    [{ agency: { code: 'H99.15', name: 'x' } }, ['/agency/code']],
  ])('that contradicts itself is refused by name: %j', (change, pointers) => {
    const data = { ...index.data, ...change } as ServiceIndexReported
    expect(pointersOf({}, () => checkIndex(data, options()))).toEqual(pointers)
  })
})
