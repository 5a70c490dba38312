/**
 * The life of one dossier, step by step, as a one-stop system would tell it:
 *
 *   registered ─ accepted ─ processing ─┬─ finished ─ returned
 *        └ rejected   (payment,         ├─ withdrawn
 *                      supplement)      └─ stopped
 *
 * Every step yields the whole dossier as it then is, or the rows of progress that were added.
 */
import type {
  Dossier,
  DossierProgressedStep,
  DossierStatus,
  IncomingMessage,
} from '../../../src/connector/index.ts'
import { endOfDay, type Moment, momentText, officeMoment, workingDaysAfter } from './calendar.ts'
import { newDossier } from './dossier-paper.ts'
import type { LifePlan } from './life-plan.ts'
import { type Officer, officer } from './people.ts'
import type { Random } from './random.ts'

const minute = 60
const hour = 60 * minute

export function dossierLife(plan: LifePlan, random: Random): IncomingMessage[] {
  const life = begin(plan, random)
  if (plan.ending === 'rejected') {
    reject(life, plan, random)
    return life.messages
  }
  accept(life, plan, random)
  if (life.dossier.fees.length > 0 && life.dossier.channel === 'online' && random.chance(0.35))
    askForPayment(life, plan, random)
  process(life, plan, random)
  if (random.chance(0.22)) supplement(life, plan, random)
  if (plan.ending === 'withdrawn') withdraw(life, plan, random)
  else if (plan.ending === 'stopped') stop(life, plan, random)
  else finish(life, plan, random)
  return life.messages
}

interface Life {
  dossier: Dossier
  now: Moment
  readonly messages: IncomingMessage[]
  readonly desk: Officer
  readonly specialist: Officer
  readonly chief: Officer
}

function begin(plan: LifePlan, random: Random): Life {
  const life: Life = {
    dossier: newDossier(plan, random),
    now: plan.startsAt,
    messages: [],
    desk: officer(random),
    specialist: officer(random),
    chief: officer(random),
  }
  if (life.dossier.channel === 'online') tell(life, plan)
  return life
}

function emit(life: Life, plan: LifePlan, type: string, data: unknown): void {
  life.messages.push({
    source: plan.source,
    eventId: `${plan.code}.${life.messages.length + 1}`,
    type: `vn.tthc.dossier.${type}.v1`,
    subject: plan.code,
    time: momentText(life.now),
    data,
  })
}

/** The dossier has changed; everybody is told what it now is. */
function tell(life: Life, plan: LifePlan, change: Partial<Dossier> = {}): void {
  life.dossier = { ...life.dossier, ...change }
  emit(life, plan, 'upserted', { dossier: life.dossier })
}

const wait = (life: Life, seconds: number): void => {
  life.now = officeMoment(life.now + seconds)
}

const step = (
  life: Life,
  plan: LifePlan,
  who: Officer,
  content: string,
  room = 0,
): DossierProgressedStep => ({
  officer: who.name,
  position: who.position,
  department: plan.agency.departments[room % plan.agency.departments.length] ?? plan.agency.name,
  at: momentText(life.now),
  content,
  status: life.dossier.status as DossierStatus,
  startedAt: momentText(life.now),
  ...(life.dossier.dueAt !== undefined && { dueAt: life.dossier.dueAt }),
})

const progress = (life: Life, plan: LifePlan, steps: readonly DossierProgressedStep[]): void =>
  emit(life, plan, 'progressed', { code: plan.code, steps })

function reject(life: Life, plan: LifePlan, random: Random): void {
  wait(life, random.between(20, 300) * minute)
  tell(life, plan, {
    status: 'rejected',
    refusedAt: momentText(life.now),
    note: 'Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận; đã hướng dẫn người nộp liên hệ đúng cơ quan.',
  })
  progress(life, plan, [
    step(life, plan, life.desk, 'Không tiếp nhận hồ sơ do không thuộc thẩm quyền giải quyết'),
  ])
}

function accept(life: Life, plan: LifePlan, random: Random): void {
  wait(life, life.dossier.channel === 'online' ? random.between(10, 200) * minute : 0)
  const due = endOfDay(workingDaysAfter(life.now, plan.procedure.workingDays))
  tell(life, plan, {
    status: 'accepted',
    acceptedAt: momentText(life.now),
    dueAt: momentText(due),
    receiptNumber: `BN-${plan.code}`,
  })
  const steps = [
    step(
      life,
      plan,
      life.desk,
      'Tiếp nhận hồ sơ, kiểm tra thành phần và in giấy tiếp nhận hồ sơ và hẹn trả kết quả',
    ),
  ]
  life.now += random.between(2, 40) * minute
  steps.push(step(life, plan, life.desk, 'Chuyển hồ sơ tới phòng chuyên môn để phân công thụ lý'))
  progress(life, plan, steps)
}

function askForPayment(life: Life, plan: LifePlan, random: Random): void {
  wait(life, random.between(30, 240) * minute)
  tell(life, plan, { status: 'payment-requested' })
  progress(life, plan, [
    step(life, plan, life.desk, 'Thông báo người nộp thực hiện nghĩa vụ tài chính trực tuyến'),
  ])
  wait(life, random.between(1, 30) * hour)
  tell(life, plan, {
    status: 'processing',
    onlinePayment: random.chance(0.8) ? 'portal' : 'province',
  })
}

const works = [
  'Phân công chuyên viên thụ lý hồ sơ',
  'Thẩm định nội dung hồ sơ, đối chiếu thông tin với cơ sở dữ liệu quốc gia về dân cư',
  'Kiểm tra thực tế và lập biên bản làm việc với chủ hồ sơ',
  'Lấy ý kiến phối hợp của cơ quan có liên quan',
  'Dự thảo kết quả giải quyết, trình lãnh đạo phòng xem xét',
]

function process(life: Life, plan: LifePlan, random: Random): void {
  const rounds = random.between(1, 3)
  for (let round = 0; round < rounds; round++) {
    wait(life, random.between(1, 5 * plan.procedure.workingDays) * hour)
    if (round === 0 && life.dossier.status !== 'processing')
      tell(life, plan, { status: 'processing' })
    const steps: DossierProgressedStep[] = []
    for (let count = random.between(1, 3); count > 0; count--) {
      const work = works[(round * 2 + steps.length) % works.length] ?? ''
      steps.push(step(life, plan, life.specialist, work, 1))
      wait(life, random.between(10, 90) * minute)
    }
    progress(life, plan, steps)
  }
}

function supplement(life: Life, plan: LifePlan, random: Random): void {
  wait(life, random.between(1, 8) * hour)
  const paper = random.pick(plan.procedure.papers)
  const content = `Đề nghị bổ sung: ${paper} (bản chụp không rõ nội dung)`
  const asked = {
    id: 1,
    requestedBy: life.specialist.name,
    content,
    requestedAt: momentText(life.now),
  }
  const papers = [{ name: paper, quantity: 1, kind: 'copy' }]
  life.dossier = {
    ...life.dossier,
    status: 'supplement-requested',
    supplements: [{ ...asked, papers }],
  }
  emit(life, plan, 'supplement-requested', {
    dossier: life.dossier,
    requestedAt: asked.requestedAt,
    content,
    requestedBy: asked.requestedBy,
    supplementBy: momentText(endOfDay(workingDaysAfter(life.now, 10))),
    papers,
  })
  progress(life, plan, [step(life, plan, life.specialist, content, 1)])

  wait(life, random.between(6, 60) * hour)
  const newDueAt = momentText(endOfDay(workingDaysAfter(life.now, plan.procedure.workingDays)))
  const received = {
    ...asked,
    papers,
    receivedBy: life.desk.name,
    receivedContent: 'Đã nhận đủ giấy tờ bổ sung',
    receivedAt: momentText(life.now),
    completed: true,
    ...(life.dossier.dueAt !== undefined && { previousDueAt: life.dossier.dueAt }),
    newDueAt,
  }
  tell(life, plan, { status: 'processing', dueAt: newDueAt, supplements: [received] })
  progress(life, plan, [
    step(life, plan, life.desk, 'Tiếp nhận giấy tờ bổ sung, chuyển phòng chuyên môn xử lý tiếp'),
  ])
}

function withdraw(life: Life, plan: LifePlan, random: Random): void {
  wait(life, random.between(1, 12) * hour)
  const reason = 'Người nộp đề nghị rút hồ sơ để chuẩn bị lại giấy tờ'
  life.dossier = { ...life.dossier, status: 'withdrawn', note: reason }
  emit(life, plan, 'withdrawn', {
    dossier: life.dossier,
    withdrawnAt: momentText(life.now),
    reason,
  })
  progress(life, plan, [step(life, plan, life.desk, reason)])
}

function stop(life: Life, plan: LifePlan, random: Random): void {
  wait(life, random.between(2, 20) * hour)
  const note = 'Dừng xử lý: quá thời hạn yêu cầu, người nộp không hoàn thiện hồ sơ'
  tell(life, plan, { status: 'stopped', note })
  progress(life, plan, [step(life, plan, life.chief, note, 1)])
}

function finish(life: Life, plan: LifePlan, random: Random): void {
  wait(life, random.between(1, 16) * hour)
  const issuedAt = momentText(life.now)
  const serial = random.between(1, 9_999)
  life.dossier = {
    ...life.dossier,
    status: 'finished',
    finishedAt: issuedAt,
    results: [
      {
        name: plan.procedure.result,
        url: `${plan.filesUrl}/files/${plan.code}-kq`,
        paperId: `${plan.code}-kq`,
        resultCode: `KQ.G99.${plan.procedure.code.slice(2)}`,
        number: `${serial}/KQ-${plan.agency.code}`,
        issuedAt,
      },
    ],
  }
  emit(life, plan, 'result-issued', { dossier: life.dossier, issuedAt, issuedBy: life.chief.name })
  progress(life, plan, [
    step(life, plan, life.chief, 'Phê duyệt và ký số kết quả giải quyết', 1),
    step(life, plan, life.specialist, 'Chuyển kết quả tới Bộ phận Tiếp nhận và Trả kết quả', 1),
  ])

  wait(life, random.between(1, 20) * hour)
  tell(life, plan, {
    status: 'returned',
    returnedAt: momentText(life.now),
    returnNote:
      life.dossier.returnMethod === 'postal'
        ? 'Gửi kết quả qua dịch vụ bưu chính công ích'
        : 'Chủ hồ sơ nhận kết quả tại Bộ phận Tiếp nhận và Trả kết quả',
  })
  progress(life, plan, [step(life, plan, life.desk, 'Trả kết quả cho người nộp hồ sơ')])
}
