import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileNameOf, isPlainName, namePattern } from '../../../connectors/sftp/names.ts'
import { defaultOptions, defaultPull, readOptions } from '../../../connectors/sftp/options.ts'
import { lookBeforeActing } from '../../../src/connector/last-look.ts'
import { loadedManifest } from '../../support/manifest.ts'
import { delivery, example, failureOf, hostKey, openStand, type Stand, steady } from './stand.ts'

let stand: Stand
beforeEach(async () => {
  stand = await openStand()
})
afterEach(() => stand.close())

const send = (change: object = {}, one = delivery()) =>
  failureOf(() => stand.connector(change).send?.(one, steady))
const paths = () => [...stand.server.state().keys()].sort()
const target = '/ra/hoi-dap/HD-99-0001_khoa-0001.json'
const delivered = { answered: { kind: 'delivered' } }
const csvTo = (rows: object[]) => ({
  operations: [
    {
      ...{ name: 'question', folder: '/ra', file: '{/key}.csv', repeat: 'harmless' },
      content: { kind: 'csv', delimiter: ';', rows },
    },
  ],
})

describe('connectors/sftp files that are written', () => {
  it('appear whole under their name, and nothing else is left', async () => {
    expect(await send()).toEqual(delivered)
    expect(paths()).toEqual([target])
    expect(await send({}, delivery({}, { attempt: 2 }))).toEqual(delivered)
    expect(paths()).toEqual([target])
  })

  it('never replace another content', async () => {
    stand.server.files.put(target, 'khác')
    expect(await send()).toBe('permanent target-rejected')
    expect(stand.server.state().get(target)).toBe('khác')
  })

  it('leave nothing of an attempt that surely failed', async () => {
    stand.server.misbehave({ mode: 'busy', times: 1 })
    expect(await send()).toBe('retry target-full')
    expect(paths()).toEqual([])
    stand.server.files.room = 10
    expect(await send()).toBe('retry target-full')
    stand.server.files.room = Number.POSITIVE_INFINITY
    expect(await send({}, delivery({}, { attempt: 2 }))).toEqual(delivered)
    expect(paths()).toEqual([target])
  })

  it('do not get their name when the right to send has ended', async () => {
    const { signal } = new AbortController()
    lookBeforeActing(signal, () => !paths().some((path) => path.endsWith('.part')))
    expect(await failureOf(() => stand.connector().send?.(delivery(), signal))).toBe(
      'retry interrupted',
    )
    expect(paths()).toEqual([])
  })

  it('are asked about by what stands there, and nobody guesses', async () => {
    const ask = () => stand.connector().confirm?.(delivery(), steady)
    expect(await ask()).toBe('cannot-tell')
    stand.server.misbehave({ mode: 'timeout-before', times: 1 })
    const connector = stand.connector({}, 300)
    expect(await failureOf(() => connector.send?.(delivery(), steady))).toBe(
      'unknown answer-timeout',
    )
    expect(await ask()).toBe('not-applied')
    await send()
    expect(await ask()).toBe('applied')
    stand.server.files.put(target, 'khác')
    expect(await ask()).toBe('cannot-tell')
  })

  it('hold cells that no spreadsheet runs', async () => {
    const rows = [
      { to: '/Mã', from: '/subject' },
      { to: '/Nội dung', from: '/data/content' },
    ]
    expect(await send(csvTo(rows), delivery({ content: 'a;"b"\r\nc' }))).toEqual(delivered)
    expect(stand.server.state().get('/ra/khoa-0001.csv')).toBe(
      'Mã;Nội dung\r\nHD-99-0001;"a;""b""\r\nc"\r\n',
    )
    for (const content of ['=1+1', '@a', '-a', '+1|cmd'])
      expect(await send(csvTo(rows), delivery({ content }, { idempotencyKey: 'k2' }))).toBe(
        'permanent mapping-failed',
      )
    expect(
      await send(csvTo(rows), delivery({ content: '+84 900 000 000' }, { idempotencyKey: 'k3' })),
    ).toEqual(delivered)
  })
})

describe('connectors/sftp names', () => {
  it.each([
    ['../../etc/passwd', '.._.._etc_passwd_k.json'],
    ['Đơn thư 1', '__n_th__1_k.json'],
    ['a\u0000b', 'a_b_k.json'],
  ])('hold nothing that leads elsewhere: %s', (subject, tail) => {
    expect(fileNameOf('x{/subject}_{/key}.json', { subject, key: 'k' })).toBe(`x${tail}`)
  })

  it.each(['.htaccess', '..', 'x'.repeat(300)])('are not %s', async (subject) => {
    expect(await failureOf(() => fileNameOf('{/subject}', { subject }))).toBe(
      'permanent mapping-failed',
    )
  })

  it('of a server are taken only when they stay in their folder', () => {
    for (const name of ['..', '.', '', 'a/b', '..\\b', 'a\u0000b', 'a\nb'])
      expect(isPlainName(name)).toBe(false)
    expect(isPlainName('Báo cáo..2026.csv')).toBe(true)
    const isWanted = namePattern('ho-so(?)*.csv')
    expect(['HO-SO(1)x.CSV', 'ho-so.csv', 'ho-so(1)xcsv'].map(isWanted)).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('connectors/sftp outcomes', () => {
  it.each<[string, object, string]>([
    ['another host key', { hostKeys: [`SHA256:${'A'.repeat(43)}`] }, 'auth host-key-unknown'],
    ['a wrong password', { password: 'sai' }, 'auth session-refused'],
    ['nobody listening', { server: 'sftp://127.0.0.1:1' }, 'retry connection-refused'],
    ['no such host', { server: 'sftp://khong-co.invalid' }, 'retry name-not-resolved'],
  ])('of %s', async (_, change, end) => {
    expect(await send(change)).toBe(end)
    expect(paths()).toEqual([])
  })

  it('of a folder that is not there, and of one that is denied', async () => {
    const to = (folder: string) => {
      const [push] = example.operations as object[]
      return { operations: [{ ...push, folder }] }
    }
    expect(await send(to('/khong-co'))).toBe('permanent system-misconfigured')
    stand.server.files.denied.add('/ra')
    expect(await send(to('/ra'))).toBe('permanent target-forbidden')
  })

  it('of a key that is being changed: one of several is enough', async () => {
    expect(await send({ hostKeys: [`SHA256:${'A'.repeat(43)}`, hostKey] })).toEqual(delivered)
  })

  it('of a server that says nothing: within the limit of time', async () => {
    stand.server.misbehave({ mode: 'timeout-before', on: 'session' })
    const connector = stand.connector({}, 300)
    expect(await failureOf(() => connector.send?.(delivery(), steady))).toBe(
      'retry connect-timeout',
    )
  })
})

describe('connectors/sftp options', () => {
  it('have the defaults that the manifest declares', async () => {
    const { options } = await loadedManifest('sftp')
    const text = JSON.stringify(options)
    expect(readOptions({ ...example, retryAfterSeconds: undefined })).toMatchObject(defaultOptions)
    for (const value of [defaultPull.maxBytes, defaultPull.pageSize, defaultPull.ageSeconds, 300])
      expect(text).toContain(`"default":${value}`)
  })

  it.each([
    ['sftp://tep.h99.example.test', 'tep.h99.example.test', 22],
    ['sftp://[::1]:2222', '::1', 2222],
  ])('name the server %s', (server, host, port) => {
    expect(readOptions({ ...example, server })).toMatchObject({ host, port })
  })
})
