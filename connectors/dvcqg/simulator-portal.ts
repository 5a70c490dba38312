/**
 * The portal's side of `mapi` in miniature: what it holds, what it refuses, in which words. Texts
 * other than "thành công" and "đã tồn tại" are invented (nobody has published the real ones).
 */
export type Fields = Readonly<Record<string, unknown>>

/** What the portal holds under one key: a dossier code, a question, a month's rating. */
export interface Held {
  dossier?: Fields
  /** In the order in which they were taken; a repeated row stands twice. */
  progress: Fields[]
  statuses: Fields[]
  ratings: Fields[]
  question?: Fields
  answers: Fields[]
  /** Everything that took effect, in order: `create 2`, `progress 20240101083000`, `update 4`. */
  applied: string[]
}

export interface Verdict {
  readonly code: 0 | 3 | -1 | -3
  readonly words: string
  readonly applied: readonly boolean[]
}

const fine = (words: string, items: number): Verdict => ({
  code: 0,
  words,
  applied: Array(items).fill(true),
})
const no = (words: string): Verdict => ({ code: -1, words, applied: [] })

/** A procedure that nobody has published. */
const unpublished = '9.999999'

const longest: Readonly<Record<string, number>> = { GhiChu: 2000, TrichYeuHoSo: 1000 }
const required = [
  'MaHoSo',
  'MaTTHC',
  'TenTTHC',
  'MaLinhVuc',
  'TenLinhVuc',
  'LoaiDoiTuong',
  'TrichYeuHoSo',
  'TrangThaiHoSo',
  'HinhThuc',
  'DonViXuLy',
]

const text = (fields: Fields, name: string): string =>
  typeof fields[name] === 'string' ? fields[name] : ''
const listOf = (fields: Fields, name: string): readonly Fields[] =>
  Array.isArray(fields[name]) ? (fields[name] as Fields[]) : []

export interface Portal {
  readonly state: Map<string, Held>
  push(agency: string, isUpdating: unknown, data: readonly Fields[]): Verdict
  /** Takes at most so many rows. */
  progress(data: readonly Fields[], atMost?: number): Verdict
  status(data: Fields): Verdict
  rating(data: readonly Fields[]): Verdict
  answers(data: readonly Fields[]): Verdict
  /** The record with its progress rows; nothing for a dossier that is not there. */
  dossier(code: string): readonly Fields[]
  answersTo(question: string): readonly Fields[]
  questions(): readonly Fields[]
}

export function createPortal(initial: ReadonlyMap<string, unknown> | undefined): Portal {
  const state = new Map<string, Held>()
  for (const [subject, content] of initial ?? [])
    state.set(subject, { ...emptyHeld(), ...structuredClone(content as Partial<Held>) })
  let repeats = 0

  const at = (subject: string): Held => {
    const held = state.get(subject) ?? emptyHeld()
    if (held.applied.length === 0) state.set(subject, held)
    return held
  }
  const alreadyThere = (): Verdict => {
    const codes = [0, 3, -3] as const
    const code = codes[repeats++ % codes.length] ?? 0
    return { code, words: 'Hồ sơ đã tồn tại', applied: [] }
  }

  return {
    state,
    push(agency, isUpdating, data) {
      if (isUpdating !== 'True' && isUpdating !== 'False') return no('isUpdating không hợp lệ')
      const [item] = data
      if (!item || data.length > 1) return no('data không hợp lệ: mỗi lần một hồ sơ')
      const fault = faultOf(item, agency)
      if (fault) return no(fault)
      const code = text(item, 'MaHoSo')
      const there = state.get(code)?.dossier !== undefined
      if (isUpdating === 'False' && there) return alreadyThere()
      if (isUpdating === 'True' && !there) return no('Hồ sơ không tồn tại')
      const held = at(code)
      held.dossier = item
      held.applied.push(`${there ? 'update' : 'create'} ${text(item, 'TrangThaiHoSo')}`)
      return fine('Đồng bộ hồ sơ thành công', 1)
    },
    progress(data, atMost = data.length) {
      for (const row of data) {
        if (text(row, 'NguoiXuLy').length > 50) return no('Trường NguoiXuLy vượt quá 50 ký tự')
        if (!/^\d{14}$/.test(text(row, 'ThoiDiemXuLy'))) return no('ThoiDiemXuLy sai định dạng')
        if (!state.get(text(row, 'MaHoSo'))?.dossier) return no('Hồ sơ không tồn tại')
      }
      const taken = data.slice(0, atMost)
      for (const row of taken) {
        const held = at(text(row, 'MaHoSo'))
        held.progress.push(row)
        held.applied.push(`progress ${text(row, 'ThoiDiemXuLy')}`)
      }
      const whole = taken.length === data.length
      const words = whole ? '' : ` ${taken.length}/${data.length} dòng`
      return {
        code: 0,
        words: `Cập nhật tiến độ thành công${words}`,
        applied: data.map((_, index) => index < atMost),
      }
    },
    status(data) {
      if (!text(data, 'MaHoSo') || !text(data, 'MaHoSoDonVi')) return no('Thiếu mã hồ sơ')
      const held = at(text(data, 'MaHoSoDonVi'))
      held.statuses.push(data)
      held.applied.push(`status ${text(data, 'TrangThai')}`)
      return fine('Đồng bộ trạng thái thành công', 1)
    },
    rating(data) {
      for (const one of data) {
        const held = at(ratingKey(one))
        held.ratings.push(one)
        held.applied.push('rating')
      }
      return fine('Đồng bộ đánh giá thành công', data.length)
    },
    answers(data) {
      for (const one of data) {
        const held = at(text(one, 'HOIDAPID'))
        held.answers.push(one)
        held.applied.push('answer')
      }
      return fine('Gửi câu trả lời thành công', data.length)
    },
    dossier(code) {
      const held = state.get(code)
      return held?.dossier ? [{ ...held.dossier, DanhSachTienDo: held.progress }] : []
    },
    answersTo: (question) => state.get(question)?.answers ?? [],
    questions: () => [...state.values()].flatMap((held) => (held.question ? [held.question] : [])),
  }
}

/** The key under which a rating is held; its month is in the portal's form. */
export const ratingKey = (rating: Fields): string =>
  `${text(rating, 'Madonvi')}/${text(rating, 'MaThuTuc')}/${text(rating, 'NgayTongHop')}`

const emptyHeld = (): Held => ({
  progress: [],
  statuses: [],
  ratings: [],
  answers: [],
  applied: [],
})

/** `H99` of `000.00.14.H99` and of `H99.14`. */
const provinceOf = (agency: string): string =>
  /^\d/.test(agency) ? agency.slice(agency.lastIndexOf('.') + 1) : (agency.split('.')[0] ?? '')

function faultOf(item: Fields, agency: string): string | undefined {
  const missing = required.find((name) => text(item, name) === '')
  if (missing) return `Thiếu trường ${missing}`
  const code = text(item, 'MaHoSo')
  if (provinceOf(code.slice(0, code.indexOf('-'))) !== provinceOf(agency))
    return 'Mã hồ sơ không thuộc đơn vị gửi'
  if (text(item, 'MaTTHC').startsWith(unpublished)) return 'Mã thủ tục không tồn tại'
  const status = Number(text(item, 'TrangThaiHoSo'))
  if (!(status >= 1 && status <= 10)) return 'TrangThaiHoSo không hợp lệ'
  for (const name in longest)
    if (text(item, name).length > (longest[name] ?? 0))
      return `Trường ${name} vượt quá ${longest[name]} ký tự`
  for (const file of listOf(item, 'TaiLieuNop'))
    if (text(file, 'TenTepDinhKem').length > 4000) return 'Trường TenTepDinhKem vượt quá 4000 ký tự'
  for (const result of listOf(item, 'DanhSachGiayToKetQua'))
    if (text(result, 'TenGiayTo').length > 2000) return 'Trường TenGiayTo vượt quá 2000 ký tự'
  return undefined
}
