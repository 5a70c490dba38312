/** An invented SOAP 1.1 service: questions, progress of dossiers; WS-Security with a digest that is used once. */
import { createHash } from 'node:crypto'
import {
  type CreateSimulator,
  childAt,
  createSimulatorServer,
  elementsOf,
  readXml,
  recordOf,
  type SimulatorAnswer,
  type SimulatorCall,
  soapEnvelope,
  textAt,
  type XmlElement,
  xml,
} from '../../src/connector/index.ts'

const account = { username: 'tinh-h99', password: 'not-a-real-secret' }

type Held = Readonly<Record<string, unknown>>

const envelope = (record: Held): SimulatorAnswer => ({
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: soapEnvelope('1.1', elementsOf(record, { xmlns: 'http://h99.example/hoi-dap' })),
})
const say = (code: string, words: string): SimulatorAnswer =>
  envelope({ TraLoi: { Ma: code, ThongBao: words } })
const refusal: SimulatorAnswer = {
  ...envelope({}),
  status: 500,
  body: soapEnvelope('1.1', [
    xml('soap:Fault', {}, [
      xml('faultcode', {}, 'wsse:FailedAuthentication'),
      xml('faultstring', {}, 'Sai tài khoản'),
    ]),
  ]),
}

const createSimulator: CreateSimulator = (options) => {
  const state = new Map(options.state) as Map<string, Held>
  const nonces = new Set<string>()

  const mayEnter = (root: XmlElement): boolean => {
    const token = childAt(root, 'Header', 'Security', 'UsernameToken')
    if (!token) return false
    const nonce = textAt(token, 'Nonce') ?? ''
    const expected = createHash('sha1')
      .update(Buffer.from(nonce, 'base64'))
      .update(`${textAt(token, 'Created')}${account.password}`)
      .digest('base64')
    const isNew = !nonces.has(nonce)
    nonces.add(nonce)
    return (
      isNew &&
      textAt(token, 'Username') === account.username &&
      textAt(token, 'Password') === expected
    )
  }

  const take = (
    operation: string,
    subject: string,
    content: Held,
    known: boolean,
  ): SimulatorCall => ({
    kind: 'write',
    items: [{ subject, operation, content }],
    run() {
      if (known && operation === 'question') return say('09', 'Câu hỏi đã tồn tại')
      state.set(subject, content)
      return { ...say('00', 'Thành công'), applied: true }
    },
    refuse: () => say('11', 'Cơ quan không còn hoạt động'),
    duplicate: () => say('09', 'Câu hỏi ĐÃ  TỒN TẠI'),
    unknownWords: () => say('77', 'Xin chờ'),
  })
  const read = (answer: () => SimulatorAnswer): SimulatorCall => ({
    kind: 'read',
    run: answer,
    refuse: () => say('11', 'Không được phép'),
    unknownWords: () => say('77', 'Xin chờ'),
  })

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
      ...(['rate-limit', 'html-200', 'half-body', 'server-error', 'reset-before'] as const),
      ...(['duplicate', 'unknown-words'] as const),
    ],
    state: () => state,
    handle(request) {
      const root = readXml(request.body)
      if (!mayEnter(root)) return { kind: 'write', run: () => refusal }
      const asked = childAt(root, 'Body')?.children[0]
      if (!asked) throw new SyntaxError('an envelope without a body')
      const content = recordOf(asked) as Record<string, string>
      const code = content.MaCauHoi ?? content.MaHoSo ?? ''
      switch (asked.name) {
        case 'CauHoi':
          return take('question', code, content, state.has(code))
        case 'TienDo':
          return take('progress', code, content, false)
        case 'TraCuu':
          return read(() => {
            const held = state.get(code)
            return held ? envelope({ CauHoi: held }) : say('04', 'Không tìm thấy')
          })
        default:
          return read(() => say('00', 'Tỉnh H99'))
      }
    },
  })
}

export default createSimulator
