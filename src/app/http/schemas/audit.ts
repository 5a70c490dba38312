import { auditOutcomes } from '../../../engine/ports/audit.ts'
import {
  allOf,
  count,
  flag,
  type JsonSchema,
  moment,
  nullable,
  object,
  oneOf,
  pageOf,
  text,
} from './shape.ts'

const hash = (words: string): JsonSchema => text([words], { pattern: '^[0-9a-f]{64}$' })

const entry = {
  id: text(['Số / Number']),
  at: moment(['Thời điểm / Moment']),
  actor: text([
    'Ai / Who',
    'user:<tên>, client:<mã>, cli:<tài khoản máy>, hub. / By kind and name.',
  ]),
  action: text(['Việc / What was done']),
  object: text(['Về / About what']),
  outcome: oneOf(['Kết quả / Outcome'], auditOutcomes),
  reason: text(['Lý do / Why']),
  before: { title: 'Trước / Before', description: 'null: việc này không có. / null: none.' },
  after: { title: 'Sau / After', description: 'null: việc này không có. / null: none.' },
  more: { title: 'Ghi kèm / Besides', type: 'object' },
  sealed: flag(['Đã niêm vào chuỗi băm / In the chain of hashes']),
}

const seal = object(
  [
    'Mắt xích / Link',
    'Băm trên các dòng từ from tới to và trên mắt xích trước. / A hash over its rows and the link before.',
  ],
  {
    link: text(['Số mắt xích / Number of the link']),
    from: text(['Từ dòng / First row']),
    to: text(['Tới dòng / Last row']),
    rows: count(['Số dòng / Rows']),
    sealedAt: moment(['Niêm lúc / Sealed']),
    hash: hash('Băm của mắt xích / Its hash'),
    previous: hash('Băm của mắt xích trước / Hash of the link before'),
  },
)

const row = object(['Dòng nhật ký / Audit row'], entry)

export const auditSchemas: Readonly<Record<string, JsonSchema>> = {
  AuditPage: pageOf(['Một trang nhật ký kiểm toán / One page of the audit trail'], row),
  AuditEntry: object(['Dòng nhật ký / Audit row'], {
    ...entry,
    detail: text(['Nguyên văn trong dòng / As it stands in the row']),
    seal: nullable(seal),
  }),
  AuditActions: allOf(['Các việc có trong nhật ký / Actions on record'], text(['Việc / Action'])),
  AuditAnchor: object(
    ['Kiểm tra chuỗi / Verification'],
    {
      anchor: text(['Mốc đã chép ra nơi khác / A head that was written down elsewhere'], {
        pattern: '^[0-9a-f]{64}$',
      }),
    },
    ['anchor'],
  ),
  AuditVerdict: object(['Kết quả kiểm tra chuỗi / Verdict on the chain'], {
    ok: flag(['Chuỗi nguyên vẹn / The chain is whole']),
    sealed: count(['Số dòng đã niêm / Rows in the chain']),
    unsealed: count(['Số dòng chưa niêm / Rows not in it yet']),
    head: nullable(hash('Mốc cuối / Head')),
    broken: nullable(text(['Đứt tại / Broken at'])),
  }),
}
