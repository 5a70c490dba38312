import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import createSimulator from '../../../connectors/dvcqg/simulator.ts'
import { cleanUp, createLane, createRig, type Rig, upserted } from '../../support/dvcqg.ts'

afterEach(cleanUp)

async function fetchFrom(rig: Rig, token: string) {
  const door = rig.connector.doors?.find((one) => one.path === '/downloadfile/:token')
  if (!door) throw new Error('there is no such door')
  const response = await door.handle(
    {
      parameters: { token },
      query: new URLSearchParams(),
      headers: {},
      body: new Uint8Array(),
      json: () => undefined,
      accept: async () => [],
      latest: async () => undefined,
    },
    new AbortController().signal,
  )
  const body = Buffer.from(response.body as Uint8Array | string).toString()
  return { status: response.status, headers: response.headers ?? {}, body }
}

describe('links', () => {
  async function beginFiles() {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url !== '/tep/1') return void response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-thử')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const options = { fileLinks: 'hub', fileLinkDays: 30, fileOrigins: [origin] }
    const portal = await createSimulator({ port: 0 })
    onTestFinished(() => portal.stop())
    const rig = createRig(portal.address, options, [origin])
    const [component] = upserted().dossier.components
    if (!component) throw new Error('the example has no file')
    const push = async (url: string) => {
      const lane = createLane(rig.connector)
      const message = upserted({ components: [{ ...component, url }] })
      const outcome = await lane.send('push-dossier', message)
      const held = portal.state().get('H99.14-240101-0001') as
        | { dossier: { TaiLieuNop: { DuongDanTaiTepTin: string }[] } }
        | undefined
      return { outcome, lane, message, link: held?.dossier.TaiLieuNop[0]?.DuongDanTaiTepTin ?? '' }
    }
    const fetchFile = (link: string) =>
      fetchFrom(rig, decodeURIComponent(link.split('/').at(-1) ?? ''))
    return { asked, origin, rig, portal, push, fetchFile }
  }

  it('gives the portal a link of the hub that leads to the file and hides where it lies', async () => {
    const { origin, push, fetchFile } = await beginFiles()

    const { link } = await push(`${origin}/tep/1`)
    const file = await fetchFile(link)

    expect(link).toMatch(/^https:\/\/hub\.h99\.example\/doors\/cong-dvcqg\/downloadfile\/[\w-]+$/)
    expect(link).not.toContain(new URL(origin).port)
    expect(file).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment' },
      body: '%PDF-thử',
    })
  })

  it('answers 404 for a link that is too old, altered or leads to nothing, and asks no server', async () => {
    const { asked, origin, rig, push, fetchFile } = await beginFiles()
    const { link } = await push(`${origin}/tep/1`)
    const { link: dead } = await push(`${origin}/tep/2`)

    expect((await fetchFile(`${link}x`)).status).toBe(404)
    expect((await fetchFile('khong-phai-token')).status).toBe(404)
    expect(asked).toEqual([])
    expect((await fetchFile(dead)).status).toBe(404)
    rig.later(31 * 24 * 60 * 60_000)
    expect((await fetchFile(link)).status).toBe(404)
    expect(asked).toEqual(['/tep/2'])
  })

  it('hands no link to a server that is not allowed', async () => {
    const { push } = await beginFiles()

    const { outcome } = await push('http://169.254.169.254/latest')

    expect(outcome).toMatchObject({
      kind: 'permanent',
      code: 'address-forbidden',
      faults: [{ pointer: '/dossier/components/0/url', rule: 'fileOrigins' }],
    })
  })

  it('knows its own links again when it compares what the portal holds', async () => {
    const { origin, portal, rig, push } = await beginFiles()
    await push(`${origin}/tep/1`)
    rig.later(60_000)

    const { outcome } = await push(`${origin}/tep/1`)

    expect(outcome.kind).toBe('delivered')
    expect(portal.state().get('H99.14-240101-0001')).toMatchObject({ applied: ['create 4'] })
  })
})
