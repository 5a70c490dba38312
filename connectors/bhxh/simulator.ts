/**
 * The social insurance service in miniature, behind a platform that gives tokens. What nobody has
 * written down it does in every way that is thinkable: a household of one comes as the documented record,
 * a larger one as a list; and each call says "nobody" in a way of its own. A token can be forgotten.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
  sameText,
} from '../../src/connector/index.ts'

const client = { id: 'tinh-demo', secret: 'not-a-real-secret' }
const base = '/apiBHXH/'

type Fields = Readonly<Record<string, string>>

/** Members of the documented record of a household: the number is none of them. */
const householdMembers = [
  ...['hoTen', 'soSoCu', 'ngaySinh', 'loaiNgaySinh', 'gioiTinh'],
  ...['maTinhKs', 'maHuyenKs', 'maXaKs', 'trangThai'],
]
const describedMembers = [
  ...['hoTen', 'ngaySinh', 'loaiNgaySinh', 'gioiTinh', 'maHo', 'diaChi', 'trangThai'],
]
const ofPerson = ['hoTen', 'ngaySinh', 'loaiNgaySinh', 'gioiTinh', 'isKs']
const asked: Readonly<Record<string, readonly string[]>> = {
  getTraCuuTtHgdByMaSoBhxh: ['maSoBhxh'],
  getMaSoBhxhTheoTieuChi: [...ofPerson, 'maTinhKs', 'maHuyenKs', 'maXaKs'],
  getTraCuuThongTinHgd: [...ofPerson, 'maTinh', 'soSo', 'maThe'],
}

const refusal: SimulatorAnswer = { body: { errorCode: '99' } }

const createSimulator: CreateSimulator = (options) => {
  const people = new Map(options.state ?? []) as Map<string, Fields>
  const tokens = createSimulatorTokens(client)

  const byNumber = (number: string): object => {
    const person = people.get(number)
    const household = [...people.values()].filter(({ maHo }) => maHo === person?.maHo)
    return household.length > 1
      ? household.map((one) => pick(one, ['maSoBhxh', 'maHo', ...householdMembers]))
      : pick(person ?? {}, householdMembers)
  }

  const answer = (name: string, question: Fields): SimulatorAnswer => {
    const members = asked[name] ?? []
    const isWhole = members.every((member) => typeof question[member] === 'string')
    if (!isWhole || Object.keys(question).length > members.length) return refusal
    if (name === 'getTraCuuTtHgdByMaSoBhxh') return { body: byNumber(question.maSoBhxh ?? '') }
    const person = [...people.values()].find((one) => isAbout(one, question))
    if (name === 'getMaSoBhxhTheoTieuChi')
      return { body: { ...pick(person ?? {}, ['maSoBhxh', 'trangThai']), errorCode: '0' } }
    return { body: person ? { maSo: person.maSoBhxh, ...pick(person, describedMembers) } : [] }
  }

  const ask = (name: string, request: SimulatorRequest): SimulatorCall => {
    const question = request.json() as Fields
    return {
      kind: 'read',
      // Asked when it runs, so that the tokens can have been forgotten meanwhile.
      run: () => (tokens.isKnown(request) ? answer(name, question) : { status: 401, body: {} }),
      refuse: () => refusal,
      unknownWords: () => ({ body: { trangThai: 'Yêu cầu đã vào hàng chờ' } }),
    }
  }

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'refuse', 'busy', 'rate-limit'] as const),
      ...(['html-200', 'half-body', 'server-error', 'reset-before', 'unknown-words'] as const),
      'session-expired',
    ],
    state: () => people,
    forgetSessions: () => tokens.forget(),
    handle(request) {
      const { method, path } = request
      const name = path.startsWith(base) ? path.slice(base.length) : ''
      if (method === 'POST' && path === '/token') return tokens.give(request)
      if (method === 'POST' && Object.hasOwn(asked, name)) return ask(name, request)
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
}

const pick = (person: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, person[name] ?? '']))

const digitsOfKind: Readonly<Record<string, number>> = { '0': 8, '1': 4, '2': 6 }

/** Of a birth, what counts. */
const birthOf = ({ ngaySinh = '', loaiNgaySinh = '' }: Fields): string =>
  ngaySinh.slice(0, digitsOfKind[loaiNgaySinh] ?? 0)

/** A member that was sent empty asks for nothing. */
function isAbout(person: Fields, question: Fields): boolean {
  const fits = (value: string | undefined, wanted: string | undefined): boolean =>
    wanted === undefined || wanted === '' || value === wanted
  const birth = birthOf(question)
  return (
    sameText(person.hoTen ?? '', question.hoTen ?? '') &&
    birth !== '' &&
    birthOf(person).startsWith(birth) &&
    person.gioiTinh === question.gioiTinh &&
    ['maTinhKs', 'maHuyenKs', 'maXaKs', 'maTinh', 'maThe'].every((name) =>
      fits(person[name], question[name]),
    ) &&
    fits(person.soSoCu, question.soSo)
  )
}

export default createSimulator
