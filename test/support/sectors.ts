/**
 * The invented interfaces of config/examples/{giao-duc,nong-nghiep,y-te} in miniature, over real HTTP: made from the
 * READMEs there and not from the YAML, so that either can be wrong. Each is a few rows of data; what they share is one
 * server. Invented persons only.
 */
import { createHmac } from 'node:crypto'
import {
  createSimulatorServer,
  createSimulatorTokens,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

type Fields = Readonly<Record<string, unknown>>

interface SectorApi {
  /** Of a request without the right account. */
  readonly stranger: SimulatorAnswer
  admits(request: SimulatorRequest): boolean
  /** Undefined: there is no such page. `held`: what was taken, by its key. */
  callFor(request: SimulatorRequest, held: Map<string, unknown>): SimulatorCall | undefined
}

export interface Sector {
  /** Value of the secret that the example's system file names. */
  readonly secrets: Readonly<Record<string, string>>
  start(): Promise<Simulator>
}

const read = (run: () => SimulatorAnswer): SimulatorCall => ({ kind: 'read', run })
const pathEnd = ({ path }: SimulatorRequest): string =>
  decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))

/** Takes a body once for its key. */
function take(
  held: Map<string, unknown>,
  {
    key,
    subject,
    operation,
    content,
  }: Record<'key' | 'subject' | 'operation', string> & { readonly content: unknown },
  { taken, known, refused }: Record<'taken' | 'known' | 'refused', SimulatorAnswer>,
): SimulatorCall {
  return {
    kind: 'write',
    items: [{ subject, operation, idempotencyKey: key, content }],
    run() {
      if (held.has(key)) return known
      held.set(key, content)
      return { ...taken, applied: true }
    },
    refuse: () => refused,
    unknownWords: () => ({ body: { tinhTrang: 'đang xem' } }),
  }
}

const start = (api: SectorApi): Promise<Simulator> => {
  const held = new Map<string, unknown>()
  return createSimulatorServer(
    { port: 0 },
    {
      modes: ['timeout-after', 'refuse', 'unknown-words'],
      state: () => held,
      handle(request) {
        const call = api.callFor(request, held)
        if (!call) return read(() => ({ status: 404, body: 'no such page' }))
        const admitted = call.kind === 'session' || api.admits(request)
        return admitted ? call : { ...call, run: () => api.stranger }
      },
    },
  )
}

const healthSecret = 'not-a-real-client-secret'

function health(): SectorApi {
  const tokens = createSimulatorTokens({ id: 'lien-thong-h99', secret: healthSecret })
  const error = (status: number, code: string) => ({
    status,
    body: { status: 'ERROR', error: { code } },
  })
  const change = (code: string, day: string, state: string) => ({
    ...{ code, changed_at: `2026-03-${day}T09:30:00` },
    steps: [
      {
        officer: 'Trần Thị Thử',
        unit: 'Phòng Nghiệp vụ Y',
        at: `2026-03-${day}T09:15:00`,
        note: 'Đã thẩm định',
        state,
      },
    ],
  })
  const changes = [
    change('H99.14-260302-0001', '03', 'IN_REVIEW'),
    change('H99.14-260302-0002', '04', 'NEEDS_PAPERS'),
    change('H99.14-260302-0001', '05', 'DONE'),
  ]
  return {
    stranger: error(401, 'UNAUTHENTICATED'),
    admits: (request) => tokens.isKnown(request),
    callFor(request, held) {
      const { method, path, query } = request
      if (path === '/oauth/token') return tokens.give(request)
      if (path === '/api/v2/me') return read(() => ({ body: { status: 'OK' } }))
      if (method === 'POST' && path === '/api/v2/dossiers') {
        const content = request.json() as Record<'code' | 'transaction_id', string>
        return take(
          held,
          { key: content.transaction_id, subject: content.code, operation: 'ho-so', content },
          {
            taken: { status: 201, body: { status: 'OK' } },
            // Not a success: whoever sends blindly again gets into trouble.
            known: error(409, 'DUPLICATE'),
            refused: error(422, 'UNKNOWN_PROCEDURE'),
          },
        )
      }
      if (path.startsWith('/api/v2/transactions/'))
        return read(() =>
          held.has(pathEnd(request)) ? { body: { status: 'OK' } } : error(404, 'NOT_FOUND'),
        )
      if (path === '/api/v2/changes')
        return read(() => {
          const since = changes.filter(({ changed_at: at }) => at >= (query.get('since') ?? ''))
          const from = Number(query.get('after') ?? 0)
          // Whatever size is asked for: two rows a page.
          const next = from + 2 < since.length ? String(from + 2) : null
          return { body: { status: 'OK', items: since.slice(from, from + 2), next } }
        })
      if (path === '/api/v2/practice-licences/search')
        return read(() => {
          const {
            number,
            identity_number: person,
            reason,
          } = request.json() as Fields & { reason: Fields }
          if (!reason.official || !reason.purpose || !reason.dossier) return error(403, 'NO_REASON')
          if (number !== 'H99-0001' || person !== '000000000099') return error(404, 'NOT_FOUND')
          const licence = {
            number,
            scope: 'Khám bệnh đa khoa',
            issued_on: '2024-05-06',
            state: 'A',
          }
          return { body: { status: 'OK', licence } }
        })
      return undefined
    },
  }
}

const farmSecret = 'not-a-real-signing-key'

function agriculture(): SectorApi {
  const visit = (MaHoSo: string, NgayKiemTra: string, TrangThai: string) => ({
    ...{ MaHoSo, NgayKiemTra, TrangThai, CanBo: 'Lê Văn Mẫu', KetLuan: 'Chuồng trại đạt yêu cầu' },
  })
  // The code of "processing" changed on 1 July; more rows than a page of the example holds.
  const visits = [
    visit('H99.14-260302-0001', '30/06/2026 16:00:00', '2'),
    visit('H99.14-260302-0001', '01/07/2026 08:00:00', '20'),
    ...Array.from({ length: 58 }, (_, n) =>
      visit(
        `H99.14-260303-${String(n).padStart(4, '0')}`,
        `02/07/2026 08:${String(n).padStart(2, '0')}:00`,
        '5',
      ),
    ),
  ]
  const sortable = (time: string) =>
    time.replace(/^(..)\/(..)\/(....) (..):(..):(..)$/, '$3$2$1$4$5$6')
  return {
    stranger: { status: 401, body: { Ma: 1 } },
    admits({ headers }) {
      const signed = String(headers['nn-sign-header'] ?? '')
      const hash = createHmac('sha256', farmSecret).update(signed).digest('hex')
      if (headers['nn-hash-header'] !== hash) return false
      const said = JSON.parse(signed) as Readonly<Record<string, string>>
      return said['NN-systemid'] === 'H99' && said['NN-timestamp'] === headers['nn-timestamp']
    },
    callFor(request, held) {
      const { method, path, query, headers } = request
      if (path === '/dich-vu/KiemTra') return read(() => ({ body: { Ma: 0 } }))
      const code = /^\/dich-vu\/HoSo\/([^/]+)\/TienDo$/.exec(path)?.[1]
      if (method === 'PUT' && code !== undefined) {
        const key = String(headers['idempotency-key'])
        const item = { key, subject: decodeURIComponent(code), operation: 'tien-do' }
        return take(
          held,
          { ...item, content: request.json() },
          { taken: { body: { Ma: 0 } }, known: { body: { Ma: 0 } }, refused: { body: { Ma: 21 } } },
        )
      }
      if (path === '/dich-vu/KiemTraThucDia')
        return read(() => {
          const since = query.get('TuLuc') ?? ''
          const rows = visits.filter(({ NgayKiemTra }) => sortable(NgayKiemTra) >= since)
          const [page, size] = [Number(query.get('Trang')), Number(query.get('SoDong'))]
          return { body: { Ma: 0, DanhSach: rows.slice((page - 1) * size, page * size) } }
        })
      if (method === 'POST' && path === '/dich-vu/TraCuuCoSo')
        return read(() => {
          const asked = request.json() as Fields
          if (!asked.MucDich || !asked.CanBoTraCuu || !asked.MaHoSo || !asked.DonVi)
            return { body: { Ma: 3 } }
          if (asked.SoGiay !== 'ATTP-0001') return { body: { Ma: 4 } }
          const CoSo = {
            Ten: 'Hợp tác xã Thử Nghiệm',
            Loai: 'CN',
            HetHan: '31/12/2027',
            DaKiemTra: 1,
          }
          return { body: { Ma: 0, CoSo } }
        })
      return undefined
    },
  }
}

const schoolKey = 'not-a-real-api-key'

function education(): SectorApi {
  const answer = (maCauHoi: string, maTraLoi: number, traLoiLuc: string) => ({
    ...{ maCauHoi, maTraLoi, traLoiLuc, noiDung: 'Nộp học bạ và giấy khai sinh.' },
    coQuan: { ma: 'H99.14', ten: 'Sở Giáo dục và Đào tạo tỉnh Mẫu' },
    nguoiTraLoi: { hoTen: 'Phạm Thị Mẫu', chucVu: 'Chuyên viên' },
  })
  const answers = [
    answer('HD-99-0001', 1, '03/03/2026 10:00:00'),
    answer('HD-99-0002', 2, '04/03/2026 10:00:00'),
    answer('HD-99-0003', 3, '05/03/2026 10:00:00'),
  ]
  const no = (status: number, ma: string, thongBao: string) => ({
    status,
    body: { thanhCong: false, ma, thongBao },
  })
  return {
    stranger: no(401, 'SAI_KHOA', 'Khoá không đúng'),
    admits: ({ headers }) => headers['x-api-key'] === schoolKey,
    callFor(request, held) {
      const { method, path, query, headers } = request
      if (path === '/v1/tai-khoan') return read(() => ({ body: { thanhCong: true } }))
      if (method === 'POST' && path === '/v1/cau-hoi') {
        const content = request.json() as Record<'maCauHoi' | 'noiDung', string>
        const other = /đất/.test(content.noiDung)
        const key = content.maCauHoi
        return other
          ? { kind: 'write', run: () => no(200, 'NGOAI_NGANH', 'Không thuộc ngành giáo dục') }
          : take(
              held,
              { key, subject: key, operation: 'cau-hoi', content },
              {
                taken: { body: { thanhCong: true } },
                known: no(409, 'TRUNG', 'Câu hỏi ĐÃ tồn tại.'),
                refused: no(422, 'NOI_DUNG', 'Nội dung không hợp lệ'),
              },
            )
      }
      if (path === '/v1/tra-loi')
        return read(() => {
          if (query.get('trangThai') !== 'da-duyet') return no(400, 'THIEU', 'Thiếu trạng thái')
          const from = Number(query.get('tu') ?? 0)
          const more = new URLSearchParams({ ...Object.fromEntries(query), tu: String(from + 2) })
          const link = `</v1/tra-loi?${more}>; rel="next"`
          return {
            body: { thanhCong: true, duLieu: answers.slice(from, from + 2) },
            ...(from + 2 < answers.length && { headers: { link } }),
          }
        })
      if (path.startsWith('/v1/van-bang/'))
        return read(() => {
          if (!query.get('mucDich') || !query.get('maHoSo') || !headers['x-can-bo'])
            return no(403, 'THIEU', 'Thiếu mục đích')
          if (pathEnd(request) !== 'TN/0001') return no(404, 'KHONG_CO', 'Không có văn bằng')
          const vanBang = { loai: 'THPT', truong: 'THPT An Thử', capNgay: '30/06/2020', hopLe: 1 }
          return { body: { thanhCong: true, vanBang } }
        })
      return undefined
    },
  }
}

/** By the id of the example. */
export const sectors: Readonly<Record<'giao-duc' | 'nong-nghiep' | 'y-te', Sector>> = {
  'giao-duc': { secrets: { HUB_SECRET_GIAO_DUC: schoolKey }, start: () => start(education()) },
  'nong-nghiep': {
    secrets: { HUB_SECRET_NONG_NGHIEP: farmSecret },
    start: () => start(agriculture()),
  },
  'y-te': { secrets: { HUB_SECRET_Y_TE: healthSecret }, start: () => start(health()) },
}
