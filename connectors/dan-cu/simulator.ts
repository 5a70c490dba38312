/**
 * The population database in miniature: SOAP under both namespaces, the order of elements, the hashed
 * Basic header and how old its moment may be, two- and three-tier addresses; and the JSON proxy, which
 * puts the same SOAP into a text. A person is known by number, name and year of birth.
 */
import { createHash } from 'node:crypto'
import {
  type CreateSimulator,
  createSimulatorServer,
  fold,
  type Markup,
  readSoap,
  readXml,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
  soapEnvelope,
  textAt,
  type XmlElement,
  xml,
} from '../../src/connector/index.ts'

export const account = { username: 'tinh-demo', secretKey: 'not-a-real-secret' }
const gateway = { client: 'VN/GOV/H99/demo', key: 'not-a-real-key' }

const mostSkewMs = 5 * 60_000
const namespaces = ['http://dancuquocgia.bca', 'http://gtel.vn/qldc']
const answerNamespace = 'http://www.mic.gov.vn/dancu/1.0'

const order = [
  ...['MaYeuCau', 'MaDVC', 'MaTichHop', 'MaCanBo', 'MaDonVi', 'TaiKhoan', 'SoDienThoai'],
  ...['SoDinhDanh', 'SoCMND', 'HoVaTen', 'NgayThangNamSinh'],
]
const required = ['MaYeuCau', 'MaDVC', 'MaTichHop', 'MaCanBo', 'HoVaTen', 'NgayThangNamSinh']

type Fields = { readonly [name: string]: string | Fields }
type Person = Fields

const createSimulator: CreateSimulator = (options) => {
  const people = new Map(options.state ?? []) as Map<string, Person>

  const answer = (question: Question): SimulatorAnswer | string => {
    const person = [...people.values()].find((one) => isAbout(one, question))
    switch (question.service) {
      case 'TraCuuThongTinCongDan':
        return body(xml('dc:CongdanCollection', {}, person ? [markup('CongDan', person)] : []))
      case 'XacThucThongTinCongDan':
      case 'XacMinhThongTinNhanThan':
        return body(xml('dc:TonTai', {}, person ? 'true' : 'false'))
      default:
        return fault('soap:Client', 'Dịch vụ không tồn tại')
    }
  }

  const overSoap = (request: SimulatorRequest): SimulatorCall =>
    call(
      () => {
        const refusal = refusalOf(request)
        if (refusal) return refusal
        const question = readSoapQuestion(request.body)
        return typeof question === 'string' ? fault('soap:Client', question) : answer(question)
      },
      (text) => ({ headers: { 'content-type': 'text/xml; charset=utf-8' }, body: text }),
    )

  const overProxy = (request: SimulatorRequest): SimulatorCall =>
    call(
      () => refusalOf(request) ?? answer(readProxyQuestion(request.json() as Fields)),
      (message) => ({ body: { error_code: '0', message } }),
    )

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'refuse', 'busy', 'rate-limit'] as const),
      ...(['html-200', 'half-body', 'server-error', 'reset-before', 'unknown-words'] as const),
    ],
    state: () => people,
    handle(request) {
      if (request.method === 'POST' && request.path === '/dancu/1.0') return overSoap(request)
      if (request.method === 'POST' && request.path === '/proxy') return overProxy(request)
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
}

interface Question {
  readonly service: string
  readonly number: string
  readonly name: string
  readonly year: string
}

function call(
  run: () => SimulatorAnswer | string,
  wrap: (text: string) => SimulatorAnswer,
): SimulatorCall {
  return {
    kind: 'read',
    run() {
      const said = run()
      return typeof said === 'string' ? wrap(said) : said
    },
    refuse: () => fault('soap:Client', 'Yêu cầu không hợp lệ'),
    unknownWords: () => wrap(body(xml('dc:KetQua', {}, 'Yêu cầu đã vào hàng chờ'))),
  }
}

/** Whatever the gateway or the service refuses before it reads the question. */
function refusalOf({ headers }: SimulatorRequest): SimulatorAnswer | undefined {
  if (headers['x-road-client'] !== gateway.client || headers.apikey !== gateway.key)
    return { status: 401, body: 'unknown client' }
  const timestamp = String(headers.timestamp ?? '')
  const ms = Number(timestamp) * (timestamp.length > 10 ? 1 : 1000)
  if (!(Math.abs(Date.now() - ms) < mostSkewMs))
    return fault('soap:Client', 'Xác thực không thành công: Timestamp hết hạn')
  const address = `http://${headers.host}`
  const hashes = ['/dancu/1.0', '/proxy'].map((path) =>
    createHash('sha256')
      .update(address + path + account.username + timestamp + account.secretKey)
      .digest('hex'),
  )
  const given = Buffer.from(String(headers.authorization ?? '').slice(6), 'base64').toString()
  if (hashes.some((hash) => given === `${account.username}:${hash}`)) return undefined
  return fault('soap:Client', 'Xác thực không thành công')
}

const fault = (code: string, reason: string): SimulatorAnswer => ({
  status: 500,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: soapEnvelope('1.1', [
    xml('soap:Fault', {}, [xml('faultcode', {}, code), xml('faultstring', {}, reason)]),
  ]),
})

const body = (content: Markup): string =>
  soapEnvelope('1.1', [xml('dc:Body', { 'xmlns:dc': answerNamespace }, [content])])

const markup = (name: string, value: string | Fields): Markup =>
  xml(
    `dc:${name}`,
    {},
    typeof value === 'string'
      ? value
      : Object.entries(value).map(([key, inner]) => markup(key, inner)),
  )

/** The question, or what the service says is wrong with it. */
function readSoapQuestion(bytes: Uint8Array): Question | string {
  const answer = readSoap(readXml(bytes))
  if (answer?.kind !== 'body') return 'Không phải phong bì SOAP'
  const [asked] = answer.body.children
  if (!asked || !namespaces.includes(asked.namespace)) return 'Sai không gian tên'
  const places = asked.children.map(({ name }) => order.indexOf(name))
  if (places.some((place, index) => place < 0 || place <= (places[index - 1] ?? -1)))
    return 'Sai thứ tự phần tử'
  const missing = required.find((name) => !asked.children.some((child) => child.name === name))
  if (missing) return `Thiếu ${missing}`
  return {
    service: asked.name,
    number: textAt(asked, 'SoDinhDanh') ?? textAt(asked, 'SoCMND') ?? '',
    name: textAt(asked, 'HoVaTen') ?? '',
    year: birthOf(asked).slice(0, 4),
  }
}

const birthOf = (asked: XmlElement): string =>
  textAt(asked, 'NgayThangNamSinh', 'NgayThangNam') ??
  textAt(asked, 'NgayThangNamSinh', 'Nam') ??
  ''

const readProxyQuestion = (asked: Fields): Question => ({
  service: asked.MaTichHop === '037' ? 'TraCuuThongTinCongDan' : 'XacThucThongTinCongDan',
  number: String(asked.SoDinhDanh ?? asked.SoCMND),
  name: String(asked.HoVaTen),
  year: String(asked.NgayThangNam ?? asked.Nam).slice(0, 4),
})

const part = (value: string | Fields | undefined, name: string): string => {
  const inner = typeof value === 'object' ? value[name] : undefined
  return typeof inner === 'string' ? inner : ''
}

/** Names are compared without marks: some software sends them so. */
const plain = (name: string): string =>
  fold(name).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')

function isAbout(person: Person, { number, name, year }: Question): boolean {
  const whole = ['Ho', 'ChuDem', 'Ten'].map((key) => part(person.HoVaTen, key)).join(' ')
  return (
    (person.SoDinhDanh === number || person.SoCMND === number) &&
    plain(whole) === plain(name) &&
    part(person.NgayThangNamSinh, 'Nam') === year
  )
}

export default createSimulator
