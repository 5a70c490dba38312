/** The axis' wire, field by field: what leaves, what is believed of what comes, and when it is marked. */
import { createHash, createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import documentSent from '../../connectors/truc-van-ban/fixtures/document.message.json' with {
  type: 'json',
}
import statusSent from '../../connectors/truc-van-ban/fixtures/status.message.json' with {
  type: 'json',
}
import createConnector from '../../connectors/truc-van-ban/index.ts'
import { defaultOptions } from '../../connectors/truc-van-ban/options.ts'
import { keyOf } from '../../connectors/truc-van-ban/read.ts'
import { namespace, writeEdoc } from '../../connectors/truc-van-ban/write.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type document,
  type PullPage,
  type PullRequest,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
  splitAtFiles,
} from '../../src/connector/index.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { aPdf, createMemoryFiles, type MemoryFiles } from '../support/files.ts'
import { declaredDefaults, loadedManifest } from '../support/manifest.ts'
import { pullRequest } from '../support/pull-request.ts'

const steady = new AbortController().signal
const secret = 'not-a-real-secret'
const now = new Date('2026-01-02T01:02:03Z')

let axis: Simulator
let asked: SimulatorRequest[]
let files: MemoryFiles
/** By name of the call; whatever is not here is accepted. */
let answers: Record<string, (request: SimulatorRequest) => SimulatorAnswer>
let calls: string[]

const ok = (more: object = {}): SimulatorAnswer => ({
  body: { status: 'OK', ErrorCode: '0', ErrorDesc: '', ...more },
})

beforeEach(async () => {
  asked = []
  calls = []
  answers = {}
  files = createMemoryFiles()
  axis = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle(request) {
        asked.push(request)
        const name = request.path.slice(1)
        const about = header(request, 'docId') && ` ${header(request, 'docId')}`
        const status = header(request, 'status') && ` ${header(request, 'status')}`
        calls.push(name + about + status)
        return { kind: 'write', run: () => answers[name]?.(request) ?? ok() }
      },
    },
  )
})
afterEach(async () => {
  closeContexts()
  await axis.stop()
})

const header = ({ headers }: SimulatorRequest, name: string): string =>
  String(headers[`xroadvnpt-${name.toLowerCase()}`] ?? '')

function connect(more: object = {}): Connector {
  const credentials = { style: 'signed-headers', systemId: 'H99.14', secret, prefix: 'XroadVnpt-' }
  return createConnector(
    contextOf({
      ...{ system: 'truc', address: axis.address, clock: { now: () => now }, files },
      options: { baseUrl: `${axis.address}/`, credentials, ...more },
    }),
  )
}

type Change = Partial<document.EdocSendRequested>
const send = async (change: Change = {}, connector = connect()): Promise<unknown> => {
  const { id: eventId, datacontenttype: _, specversion: __, ...event } = documentSent
  try {
    return await connector.send?.(
      {
        ...{ id: '1.1', idempotencyKey: 'k', attempt: 1, memo: undefined },
        operation: 'gui-van-ban',
        message: { ...event, id: 'm', eventId, data: { ...event.data, ...change } },
      },
      steady,
    )
  } catch (error) {
    return said(error)
  }
}
const said = (error: unknown) => {
  if (!(error instanceof ConnectorError)) throw error
  const { kind, code, faults, detail } = error.outcome
  return {
    ...{ kind, code },
    ...(faults && { pointers: faults.map(({ pointer }) => pointer) }),
    ...(detail && { detail: detail.vi }),
  }
}
const pull = async (
  cursor?: string,
  connector = connect(),
  operation = 'van-ban-den',
  change: Partial<PullRequest> = {},
) => {
  const page = await connector.pull?.(
    pullRequest({ operation, cursor, startedFrom: cursor, ...change }),
    steady,
  )
  return page as PullPage
}

const sent = documentSent.data as document.EdocSendRequested
const good = writeEdoc(sent, documentSent.time)
/** The axis holds these documents until they are marked. */
const hold = (documents: Readonly<Record<string, string | Uint8Array>>) => {
  const held = new Map(Object.entries(documents))
  answers.getReceivedEdocList = () => ok({ data: [...held.keys()].map((docId) => ({ docId })) })
  answers.getEdoc = (request) => ({
    body: held.get(header(request, 'docId')) ?? '',
    headers: { 'content-type': 'application/octet-stream' },
  })
  answers.updateStatus = (request) => {
    if (header(request, 'status') === 'done') held.delete(header(request, 'docId'))
    return ok()
  }
}
const attachment = (content: string, name = 'a.pdf', id = 'cid:t') =>
  `<edXML:Attachment><edXML:ContentId>${id}</edXML:ContentId><edXML:AttachmentName>${name}</edXML:AttachmentName><edXML:ContentTransferEncoded>${content}</edXML:ContentTransferEncoded></edXML:Attachment>`
const withAttached = (...attachments: string[]) =>
  good.replace(
    '</edXML:edXML>',
    `<edXML:AttachmentEncoded>${attachments.join('')}</edXML:AttachmentEncoded></edXML:edXML>`,
  )

function signing() {
  it('sends every parameter as a header, and signs just those', async () => {
    expect(await send()).toMatchObject({ kind: 'delivered', evidence: { httpStatus: 200 } })
    const [request] = asked as [SimulatorRequest]
    const names = ['systemid', 'timestamp', 'from', 'to', 'servicetype', 'messagetype', 'hash-file']
    expect(`${request.method} ${request.path}`).toBe('POST /sendEdoc')
    expect(header(request, 'sign-header-key')).toBe(
      names.map((name) => `XroadVnpt-${name}`).join(';'),
    )
    const signed = Object.fromEntries(
      names.map((name) => [`XroadVnpt-${name}`, header(request, name)]),
    )
    expect(signed).toEqual({
      'XroadVnpt-systemid': 'H99.14',
      'XroadVnpt-timestamp': '02012026T080203+0700',
      'XroadVnpt-from': 'H99.14',
      'XroadVnpt-to': 'H99.15',
      'XroadVnpt-servicetype': 'eDoc',
      'XroadVnpt-messagetype': 'edoc',
      'XroadVnpt-hash-file': createHash('sha256').update(request.body).digest('hex'),
    })
    expect(header(request, 'sign-header')).toBe(JSON.stringify(signed))
    expect(header(request, 'hash-header')).toBe(
      createHmac('sha256', secret).update(JSON.stringify(signed)).digest('hex'),
    )
    expect(header(request, 'version')).toBe('3.0.201608')
    expect(request.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'user-agent': 'JAVASDKAgent/1.0.0 XRoad/VPCP',
    })
  })

  it('asks, gets and marks by headers alone', async () => {
    hold({ 'D-1': good })
    const { cursor } = await pull()
    await pull(cursor)
    expect(calls).toEqual([
      ...['getReceivedEdocList', 'getEdoc D-1', 'getReceivedEdocList', 'updateStatus D-1 done'],
    ])
    expect(asked.map(({ body, method }) => [method, body.length])).toEqual(
      asked.map(() => ['POST', 0]),
    )
    expect(header(asked[0] as SimulatorRequest, 'messagetype')).toBe('edoc')
    await pull(undefined, connect(), 'trang-thai-den')
    expect(header(asked.at(-1) as SimulatorRequest, 'messagetype')).toBe('status')
  })

  it('has the defaults that the manifest declares', async () => {
    const { options } = await loadedManifest('truc-van-ban')
    const { esb, ...flat } = defaultOptions
    expect(declaredDefaults(options)).toMatchObject(flat)
    const parts = (options as { properties: { esb: { properties: object } } }).properties.esb
      .properties
    for (const [name, part] of Object.entries(parts))
      expect({
        [name]: 'default' in part ? part.default : declaredDefaults(part),
      }).toEqual({ [name]: esb[name as keyof typeof esb] })
  })
}

function answering() {
  it.each<[string, SimulatorAnswer, unknown]>([
    ['members in another case', { body: { Status: 'OK', errorcode: 0, docid: '9' } }, 'delivered'],
    ['no code', { body: { status: 'OK' } }, 'delivered'],
    ['a refusal', { body: { status: 'FAIL', ErrorCode: '22' } }, 'permanent target-rejected'],
    [
      'OK with an error',
      { body: { status: 'OK', ErrorCode: '7' } },
      'unknown answer-wording-unknown',
    ],
    ['another word', { body: { status: 'DONE' } }, 'unknown answer-invalid'],
    ['nothing', { body: {} }, 'unknown answer-invalid'],
    ['a list', { body: [] }, 'unknown answer-invalid'],
    ['null', { body: 'null' }, 'unknown answer-invalid'],
    ['a page', { body: '<html/>' }, 'unknown answer-invalid'],
    ['401', { status: 401 }, 'auth session-refused'],
    ['413', { status: 413 }, 'permanent target-rejected'],
    ['503', { status: 503 }, 'retry target-busy'],
    ['500', { status: 500 }, 'unknown target-failed'],
  ])('of %s', async (_, answer, wanted) => {
    answers.sendEdoc = () => answer
    const { kind, code } = (await send()) as { kind: string; code?: string }
    expect([kind, code].filter(Boolean).join(' ')).toBe(wanted)
  })

  it.each([
    ['in another case', [{ DocID: 'a' }, { docid: 7 }], ['a', '7']],
    ['twice the same', [{ docId: 'a' }, { docId: 'a' }], ['a']],
    ['of nothing', null, []],
    ['that is left out', undefined, []],
  ])('reads a list %s', async (_, data, ids) => {
    answers.getReceivedEdocList = () => ok(data === undefined ? {} : { DATA: data })
    answers.getEdoc = () => ({ body: good, headers: { 'content-type': 'text/xml' } })
    await pull()
    expect(calls.slice(1)).toEqual(ids.map((id) => `getEdoc ${id}`))
  })

  it.each([
    ['without an id', [{ id: 'a' }]],
    ['with an id that no header can carry', [{ docId: 'a\r\nXroadVnpt-to: H99' }]],
    ['that is a text', 'D-1'],
    ['of nulls', [null]],
  ])('takes no list %s', async (_, data) => {
    answers.getReceivedEdocList = () => ok({ data })
    await expect(pull()).rejects.toMatchObject({ code: 'answer-invalid' })
    expect(calls).toHaveLength(1)
  })
}

function writing() {
  const members = (edxml: string, ...path: string[]) =>
    path.reduce((text, name) => {
      const found = new RegExp(`<edXML:${name}(?: [^>]*)?>([\\s\\S]*?)</edXML:${name}>`).exec(text)
      if (!found) throw new Error(`${name} is not in ${text}`)
      return found[1] ?? ''
    }, edxml)

  it('writes slashes, ids with cid: and the standard\u2019s own spelling', () => {
    expect(good).toContain(`xmlns:edXML="${namespace}"`)
    expect(members(good, 'PromulgationInfo', 'PromulgationDate')).toBe('2024/01/01')
    expect(members(good, 'TraceHeaderList', 'TraceHeader', 'Timestamp')).toBe('2024/01/01 08:00:00')
    expect(members(good, 'Bussiness', 'BussinessDocType')).toBe('3')
    expect(members(good, 'Bussiness', 'Paper')).toBe('0')
    expect(members(good, 'ReplacementInfo', 'OrganIdList', 'OrganId')).toBe('H99.15')
    expect(good).not.toContain('AttachmentEncoded')
    expect(good).not.toContain('<edXML:Content>')
  })

  it('escapes what XML would read, and keeps letters as they were given', async () => {
    const subject = 'Thử <b> & "nháy" ]]> Tiê\u0301ng Việt'
    await send({ subject })
    const [request] = asked as [SimulatorRequest]
    hold({ a: request.body })
    const [message] = (await pull()).messages
    expect(message?.data).toMatchObject({ subject })
  })

  it.each(['a\u0000b', 'a\ud800'])('refuses %j, which XML cannot carry', async (subject) => {
    expect(await send({ subject })).toMatchObject({ kind: 'permanent', code: 'mapping-failed' })
    expect(asked).toEqual([])
  })

  it('puts files in their places, and hashes what arrives', async () => {
    const pdfs = [aPdf(100_001), aPdf(3)]
    const kept = pdfs.map((pdf, index) => files.put(pdf, `tệp-${index}.pdf`))
    await send({
      attachments: kept.map(({ id, name, mediaType, size }) => ({
        ...{ fileId: id, name, mediaType, size, description: 'Bản chụp' },
      })),
    })
    const [request] = asked as [SimulatorRequest]
    const text = request.text()
    expect(header(request, 'hash-file')).toBe(
      createHash('sha256').update(request.body).digest('hex'),
    )
    const references = text.match(/<edXML:Reference>.*?<\/edXML:Reference>/g) ?? []
    const attached = text.match(/<edXML:Attachment>.*?<\/edXML:Attachment>/g) ?? []
    for (const [index, pdf] of pdfs.entries()) {
      const [reference, file] = [references[index] ?? '', attached[index] ?? '']
      expect(members(reference, 'ContentId')).toBe(`cid:tep-${index + 1}`)
      expect(members(reference, 'ContentType')).toBe('application/pdf')
      expect(members(reference, 'AttachmentName')).toBe(`tệp-${index}.pdf`)
      expect(members(reference, 'Description')).toBe('Bản chụp')
      expect(members(file, 'ContentId')).toBe(`cid:tep-${index + 1}`)
      expect(members(file, 'ContentTransferEncoded')).toBe(pdf.toString('base64'))
    }
  })

  it('tells the size of what is too large, before a file is read or a byte has left', async () => {
    const facts = files.put(aPdf(800_000), 'a.pdf')
    const { id: fileId, name, mediaType, size } = facts
    const reads: string[] = []
    const { open } = files
    files.open = async (id) => {
      const file = await open(id)
      return {
        ...file,
        get content() {
          reads.push(id)
          return file.content
        },
      }
    }
    const outcome = await send(
      { attachments: [{ fileId, name, mediaType, size }] },
      connect({ maxMegabytes: 1 }),
    )
    expect(outcome).toMatchObject({
      ...{ kind: 'permanent', code: 'file-too-large' },
      detail: expect.stringContaining('1.1 MB, vượt 1 MB'),
    })
    expect([reads, asked]).toEqual([[], []])
  })

  it('refuses a file that is gone, and a receiver that is not named', async () => {
    const gone = { fileId: '018f0000-0000-7000-8000-00000000000a', name: 'a', mediaType: 'b' }
    expect(await send({ attachments: [{ ...gone, size: 1 }] })).toMatchObject({
      ...{ kind: 'permanent', code: 'file-missing' },
    })
    expect(await send({ deliverTo: 'H99.99' })).toMatchObject({ pointers: ['/deliverTo'] })
    expect(asked).toEqual([])
  })

  it('never lets a sender\u2019s text stand for a file', () => {
    const forged = `LienThongHubFile${'0'.repeat(64)}`
    expect(splitAtFiles(writeEdoc({ ...sent, subject: forged }, documentSent.time))).toHaveLength(1)
  })
}

function reading() {
  it('gives back every field that was sent', async () => {
    const pdf = aPdf(1000)
    hold({ a: withAttached(attachment(pdf.toString('base64').replace(/.{76}/g, '$&\r\n'))) })
    const [message] = (await pull()).messages
    const { deliverTo: _, key: __, attachments: ___, ...fields } = sent
    expect(message).toMatchObject({
      source: '/h99/truc',
      type: 'vn.document.edoc.received.v1',
      subject: keyOf(sent.documentId),
      time: '2024-01-01T00:00:00+07:00',
      data: { ...fields, key: keyOf(sent.documentId) },
    })
    const data = message?.data as document.EdocReceived
    expect(registry.validateMessage(message?.type ?? '', data)).toEqual([])
    const [file] = data.attachments
    expect(file).toMatchObject({ name: 'a.pdf', size: 1000 })
    const pieces: Uint8Array[] = []
    for await (const piece of (await files.open(file?.fileId ?? '')).content) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(pdf)).toBe(true)
  })

  it('reads a status, and puts it on the lane of its document however its letters were composed', async () => {
    const documentId = 'H99.14,2024/01/01,1/Q\u0110-Việt'
    const at = (form: 'NFC' | 'NFD') => ({
      ...statusSent.data,
      responseFor: { ...statusSent.data.responseFor, documentId: documentId.normalize(form) },
    })
    await connect().send?.(
      {
        ...{ id: '1.1', idempotencyKey: 'k', attempt: 1, memo: undefined },
        operation: 'gui-trang-thai',
        message: {
          ...{ id: 'm', eventId: 'e', source: '/h99', type: statusSent.type },
          ...{ subject: 's', time: statusSent.time, data: at('NFD') },
        },
      },
      steady,
    )
    expect(header(asked[0] as SimulatorRequest, 'messagetype')).toBe('status')
    hold({ a: (asked[0] as SimulatorRequest).body })
    const [message] = (await pull(undefined, connect(), 'trang-thai-den')).messages
    expect(message?.subject).toBe(keyOf(documentId))
    expect(message?.data).toMatchObject({ statusCode: '03', at: statusSent.data.at })
  })

  const pdf = aPdf(30).toString('base64')
  it.each<[string, string | Uint8Array, string[]]>([
    ['a DOCTYPE', good.replace('?>', '?><!DOCTYPE a>'), []],
    [
      'an entity',
      good.replace('?>', '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      [],
    ],
    ['an unknown entity', good.replace('Công văn', '&nbsp;'), []],
    ['another encoding', Buffer.from(good, 'utf16le'), []],
    ['a declared encoding', good.replace('UTF-8', 'ISO-8859-1'), []],
    ['broken UTF-8', Buffer.from(good).subarray(0, 700), []],
    ['half a document', good.slice(0, 900), []],
    ['another root', '<a/>', []],
    ['nothing', '', []],
    ['no header', `<edXML xmlns="${namespace}"><edXMLEnvelope/></edXML>`, []],
    ['no subject', good.replace(/<edXML:Subject>.*?<\/edXML:Subject>/, ''), ['/subject']],
    [
      'no id',
      good.replace(
        /(.*)<edXML:DocumentId>.*?<\/edXML:DocumentId>(<\/edXML:MessageHeader>)/,
        '$1$2',
      ),
      ['/documentId', '/key'],
    ],
    ['no sender', good.replace(/<edXML:From>.*?<\/edXML:From>/, ''), ['/from']],
    ['no receiver', good.replace(/<edXML:To>.*?<\/edXML:To>/, ''), ['/to']],
    ['a date with hyphens', good.replace('>2024/01/01<', '>2024-01-01<'), ['/PromulgationDate']],
    ['a day that is none', good.replace('>2024/01/31<', '>2024/02/30<'), ['/DueDate']],
    [
      'two subjects',
      good.replace('<edXML:Subject>', '<edXML:Subject>x</edXML:Subject>$&'),
      ['/Subject'],
    ],
    [
      'two headers',
      good.replace('<edXML:MessageHeader>', '<edXML:MessageHeader/>$&'),
      ['/MessageHeader'],
    ],
    ['an unknown kind', good.replace('DocType>3<', 'DocType>9<'), ['/business/kind']],
    ['a kind in another form', good.replace('DocType>3<', 'DocType>0x1<'), ['/business/kind']],
    ['paper that is neither', good.replace('Paper>0<', 'Paper>2<'), ['/Paper']],
    [
      'a file that is not there',
      good.replace(
        '<edXML:edXMLManifest version="1.0"/>',
        '<edXML:edXMLManifest><edXML:Reference><edXML:ContentId>cid:x</edXML:ContentId></edXML:Reference></edXML:edXMLManifest>',
      ),
      ['/AttachmentEncoded'],
    ],
    ['a file without name', withAttached(attachment(pdf, '')), ['/AttachmentName']],
    ['an empty file', withAttached(attachment('')), ['/AttachmentEncoded']],
    ['a file that is no base64', withAttached(attachment('%%%%')), ['/AttachmentEncoded']],
    [
      'base64 with padding in the middle',
      withAttached(attachment(`${pdf}AA==BBBB`)),
      ['/AttachmentEncoded'],
    ],
    [
      'base64 without padding',
      withAttached(attachment(Buffer.alloc(4).toString('base64url'))),
      ['/AttachmentEncoded'],
    ],
    ['an element in a file', withAttached(attachment(`${pdf}<a/>`)), ['/AttachmentEncoded']],
    [
      'two files of one id',
      withAttached(attachment(pdf), attachment(pdf, 'b.pdf')),
      ['/AttachmentEncoded'],
    ],
  ])(
    'leaves a document with %s where it is, tells of it, and takes the next',
    async (_, sick, pointers) => {
      hold({ sick, good })
      const page = await pull()
      expect(page.messages).toHaveLength(1)
      expect(page.unread).toMatchObject([
        {
          subject: 'sick',
          code: expect.stringMatching(/^(answer-invalid|mapping-failed)$/),
          again: false,
        },
      ])
      expect([...(page.unread?.[0]?.pointers ?? [])].sort()).toEqual(pointers)
      const next = await pull(page.cursor)
      expect(calls.filter((call) => call.startsWith('updateStatus'))).toEqual([
        'updateStatus good done',
      ])
      expect(next.unread).toMatchObject([{ subject: 'sick', again: true }])
    },
  )

  it('does not let a document of the wrong hash pass, nor one that is too large hold up the others', async () => {
    const hash = createHash('sha256').update(good).digest('hex')
    hold({ altered: good, huge: 'x', whole: good.replace('An Thử', 'Bình Thử') })
    const { getEdoc } = answers
    answers.getEdoc = (request) => {
      const docId = header(request, 'docId')
      if (docId === 'huge') return { body: Buffer.alloc(1_500_000) }
      const answer = getEdoc?.(request) ?? {}
      const body = docId === 'altered' ? good.replace('Thử', 'Thu') : good
      return { ...answer, body, headers: { ...answer.headers, 'XroadVnpt-hash-file': hash } }
    }
    const page = await pull(undefined, connect({ maxMegabytes: 1 }))
    expect(page.messages).toHaveLength(1)
    expect(page.unread?.map(({ subject, code }) => `${subject} ${code}`)).toEqual([
      'altered answer-invalid',
      'huge answer-too-large',
    ])
  })

  it('takes the document out of `data` where it is answered so', async () => {
    answers.getReceivedEdocList = () => ok({ data: [{ docId: 'a' }] })
    answers.getEdoc = () => ok({ data: Buffer.from(good).toString('base64') })
    expect((await pull(undefined, connect({ documentIn: 'data' }))).messages).toHaveLength(1)
  })
}

function marking() {
  it('marks only what was saved, and nothing when the line breaks', async () => {
    hold({ a: good })
    const first = await pull()
    expect(calls).not.toContain('updateStatus a done')
    // Killed before it was saved: the same message once more, to the letter.
    expect((await pull()).messages).toEqual(first.messages)
    answers.updateStatus = () => ({ status: 503 })
    await expect(pull(first.cursor)).rejects.toMatchObject({ code: 'target-busy' })
    hold({ a: good })
    await pull(first.cursor)
    expect(calls.at(-1)).toBe('updateStatus a done')
  })

  it('knows a document by its content: under another number it is the same, recalled it is another', async () => {
    const recall = writeEdoc({ ...sent, business: { kind: 'recall' } }, documentSent.time)
    hold({ a: good, b: good, c: recall })
    const { messages, cursor } = await pull()
    expect(messages.map(({ data }) => (data as typeof sent).business.kind)).toEqual([
      ...['replace', 'recall'],
    ])
    expect(new Set(messages.map(({ subject }) => subject)).size).toBe(1)
    expect(new Set(messages.map(({ eventId }) => eventId)).size).toBe(2)
    hold({ a: good, b: good, c: recall, d: good })
    const [again] = (await pull(cursor)).messages
    expect(again).toEqual(messages[0])
    expect(calls.filter((call) => call.startsWith('updateStatus'))).toHaveLength(3)
  })

  it('tells `fail` only where that is wanted, once, and never of what was saved', async () => {
    const wanted = connect({ unreadable: 'fail' })
    hold({ sick: '<a/>', good })
    const first = await pull(undefined, wanted)
    expect(calls).not.toContain('updateStatus sick fail')
    answers.updateStatus = (request) =>
      header(request, 'status') === 'done' ? { body: { status: 'FAIL' } } : ok()
    const second = await pull(first.cursor, wanted)
    const third = await pull(second.cursor, wanted)
    expect(calls.filter((call) => call.startsWith('updateStatus'))).toEqual([
      ...['updateStatus good done', 'updateStatus sick fail', 'updateStatus good done'],
    ])
    expect(third.unread?.map(({ subject }) => subject).sort()).toEqual(['good', 'sick'])
    // Mended at its source, it is taken like any other.
    hold({ sick: good })
    const fourth = await pull(third.cursor, wanted)
    await pull(fourth.cursor, wanted)
    expect(calls.at(-1)).toBe('updateStatus sick done')
  })

  it.each(['leave', 'fail'])(
    'marks no document as done whose message the hub refused, and tries it again in the next run: %s',
    async (unreadable) => {
      const connector = connect({ unreadable })
      const other = writeEdoc({ ...sent, subject: 'Văn bản khác' }, documentSent.time)
      hold({ a: good, b: other, again: good })
      const first = await pull(undefined, connector)
      const ids = first.messages.map(({ eventId }) => eventId)
      expect(ids).toHaveLength(2)
      const refused = ids.slice(0, 1)
      const wanted = unreadable === 'fail' ? ['a fail', 'again fail'] : []
      const marked = () => calls.flatMap((call) => call.split('updateStatus ').slice(1))
      // Of the same run: what was refused has been tried. Killed before it was saved, it is told once more.
      for (const _page of [1, 2]) {
        calls.length = 0
        const request = { startedFrom: undefined, refused }
        hold({ a: good, b: other, again: good })
        const second = await pull(first.cursor, connector, 'van-ban-den', request)
        expect([second.messages, second.unread, second.more]).toEqual([[], [], false])
        expect(marked()).toEqual(['b done', ...wanted])
        calls.length = 0
        const third = await pull(second.cursor, connector)
        expect([third.messages.map(({ eventId }) => eventId), marked()]).toEqual([refused, []])
        // Refused once more, as its first page of a run is told: it was told `fail` before.
        const fourth = await pull(third.cursor, connector, 'van-ban-den', { refused })
        expect(fourth.messages.map(({ eventId }) => eventId)).toEqual(refused)
        expect(marked()).toEqual([])
        // Taken at last.
        await pull(fourth.cursor, connector)
        expect(marked()).toEqual(['a done', 'again done'])
      }
    },
  )

  it('marks what was taken before, though a repeat of it is refused', async () => {
    hold({ a: good })
    const first = await pull()
    answers.updateStatus = () => ({ body: { status: 'FAIL' } })
    const second = await pull(first.cursor)
    hold({ a: good })
    await pull(second.cursor, connect(), 'van-ban-den', {
      refused: first.messages.map(({ eventId }) => eventId),
    })
    expect(calls.at(-1)).toBe('updateStatus a done')
  })

  it('goes on from a cursor of an earlier version, and from no other', async () => {
    hold({ a: good })
    await pull(JSON.stringify({ done: ['a'], sick: [], tried: [] }))
    expect(calls.at(-1)).toBe('updateStatus a done')
    for (const cursor of [
      'x',
      '{}',
      '[]',
      'null',
      '{"done":[],"sick":[],"tried":[],"failed":1}',
      '{"done":[],"sick":[],"tried":[],"brought":{}}',
    ])
      await expect(pull(cursor)).rejects.toMatchObject({ code: 'mapping-failed' })
  })

  it('asks for ten at a time, and says that there is more', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`D${n}`, good.replace('1/UBND', `${n}/UBND`)]),
    )
    hold(many)
    const first = await pull()
    expect([first.messages.length, first.more]).toEqual([10, true])
    const second = await connect().pull?.(
      pullRequest({ operation: 'van-ban-den', cursor: first.cursor }),
      steady,
    )
    expect([second?.messages.length, second?.more]).toEqual([2, false])
  })
}

describe('connectors/truc-van-ban', () => {
  describe('signs', signing)
  describe('judges answers', answering)
  describe('writes', writing)
  describe('reads', reading)
  describe('marks', marking)
})
