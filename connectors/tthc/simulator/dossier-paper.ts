/** What is in a new dossier: who, which papers, which fees. */
import type { Dossier, DossierComponent, DossierFee } from '../../../src/connector/index.ts'
import { momentText } from './calendar.ts'
import type { LifePlan } from './life-plan.ts'
import { applicant } from './people.ts'
import type { Random } from './random.ts'

export function newDossier(plan: LifePlan, random: Random): Dossier {
  const { agency, procedure } = plan
  const draw = random.next()
  const channel = draw < 0.62 ? 'online' : draw < 0.95 ? 'direct' : 'postal'
  const online = channel === 'online'
  const ward =
    agency.level === 'commune' ? agency.name.replace('Uỷ ban nhân dân ', '') : 'xã An Thử'
  const who = applicant(random, ward, online)
  const components = procedure.papers.map((paper, index) => component(plan, paper, index, random))
  return {
    code: plan.code,
    procedure: { code: procedure.code, name: procedure.name },
    domain: procedure.domain,
    agency: { code: agency.code, name: agency.name },
    handlingUnit: { name: agency.departments[0] ?? agency.name },
    channel,
    submittedFrom: online && random.chance(0.7) ? 'portal' : 'province',
    applicant: who,
    summary: `${who.name} đề nghị giải quyết thủ tục: ${procedure.name}`,
    submittedAt: momentText(plan.startsAt),
    status: 'registered',
    returnMethod: channel === 'postal' || random.chance(0.2) ? 'postal' : 'direct',
    digitised: components.some((each) => each.digitised || each.reuse !== 'none'),
    verifiedByVNeID: online && random.chance(0.85),
    onlinePayment: procedure.fee === 0 ? 'none' : 'offline',
    databasesConsulted: random.chance(0.8) ? [...procedure.databases] : [],
    components,
    fees: procedure.fee === 0 ? [] : [fee(plan, random)],
    otherPapers: random.chance(0.15)
      ? [{ name: 'Giấy tờ kèm theo do người nộp tự nguyện cung cấp', quantity: 1, kind: 'copy' }]
      : [],
    supplements: [],
    results: [],
  }
}

function component(plan: LifePlan, paper: string, index: number, random: Random): DossierComponent {
  const draw = random.next()
  const reuse = draw < 0.72 ? 'none' : draw < 0.94 ? 'reused' : 'other-result'
  const fileId = `${plan.code}-${index + 1}`
  return {
    fileId,
    name: `${paper}.pdf`,
    componentCode: `${plan.procedure.code[0]}.G99.${plan.procedure.code.slice(-3)}${String(index + 1).padStart(3, '0')}`,
    url: `${plan.filesUrl}/files/${fileId}`,
    deleted: false,
    digitised: reuse === 'none' && random.chance(0.75),
    reuse,
    fromPortalStore: reuse === 'reused' && random.chance(0.4),
    ...(reuse === 'other-result' && { replacementResult: 'KQ.G99.000001' }),
  }
}

const fee = ({ procedure }: LifePlan, random: Random): DossierFee => ({
  code: `${procedure.feeKind === 'fee' ? 'LP' : 'PH'}${procedure.code.slice(-3)}`,
  name: `${procedure.feeKind === 'fee' ? 'Lệ phí' : 'Phí'} ${procedure.result.toLocaleLowerCase('vi')}`,
  kind: procedure.feeKind,
  collection: random.chance(0.7) ? 'upfront' : 'afterwards',
  amount: procedure.fee,
})
