/** How the command line shows plans. */
import { errorTable, type Words } from '../../domain/errors.ts'
import type { PlanState } from '../../domain/plan.ts'
import type { PlanDetail, PlanSummary, PlanView } from '../../engine/ports/plans.ts'
import type { Cli } from './cli.ts'
import { countWords, interventionWords, shortType } from './words.ts'

const planStateWords = {
  preparing: { vi: 'Đang lập', en: 'preparing' },
  ready: { vi: 'Chờ bắt đầu', en: 'ready' },
  scheduled: { vi: 'Chờ tới giờ', en: 'scheduled' },
  running: { vi: 'Đang chạy', en: 'running' },
  paused: { vi: 'Tạm dừng', en: 'paused' },
  finishing: { vi: 'Chờ kết quả', en: 'finishing' },
  finished: { vi: 'Xong', en: 'finished' },
  cancelled: { vi: 'Đã huỷ', en: 'cancelled' },
} as const satisfies Record<PlanState, Words>

const many = (cli: Cli, count: number): string => countWords(count, cli.language)

export function planTable(cli: Cli, plans: readonly PlanView[]): string {
  return cli.table(
    [
      { title: cli.t('Số', 'Id'), align: 'right' },
      { title: cli.t('Thao tác', 'Action') },
      { title: cli.t('Trạng thái', 'State') },
      { title: cli.t('Tất cả', 'Total'), align: 'right' },
      { title: cli.t('Được', 'Ok'), align: 'right' },
      { title: cli.t('Hỏng', 'Failed'), align: 'right' },
      { title: cli.t('Bỏ qua', 'Skipped'), align: 'right' },
      { title: cli.t('Lập lúc', 'Created') },
      { title: cli.t('Lý do', 'Reason'), flex: true },
    ],
    plans.map((plan) => [
      String(plan.id),
      cli.say(interventionWords[plan.action]),
      cli.say(planStateWords[plan.state]),
      ...[plan.counts.total, plan.counts.ok, plan.counts.failed, plan.counts.skipped].map((count) =>
        many(cli, count),
      ),
      cli.time(plan.createdAt),
      plan.reason,
    ]),
  )
}

/** What has been chosen: how many, by each thing that tells them apart. */
export function summaryTable(cli: Cli, summary: PlanSummary): string {
  const rows: [string, string, number][] = [
    ...summary.systems.map(({ system, count }): [string, string, number] => [
      ...([cli.t('Hệ thống', 'System'), system, count] as const),
    ]),
    ...summary.codes.map(({ code, count }): [string, string, number] => [
      cli.t('Mã lỗi', 'Code'),
      code ? `${code}  ${cli.say(errorTable[code].title)}` : cli.t('không có', 'none'),
      count,
    ]),
    ...summary.groups
      .slice(0, 10)
      .map(({ agency, type, count }): [string, string, number] => [
        cli.t('Cơ quan, loại', 'Agency, type'),
        `${agency ?? '–'}  ${shortType(type)}`,
        count,
      ]),
    ...summary.conflicts.map(({ code, count }): [string, string, number] => [
      cli.style.bad(cli.t('Vướng', 'Conflict')),
      cli.say(errorTable[code].title),
      count,
    ]),
  ]
  return cli.table(
    [
      { title: cli.t('Theo', 'By') },
      { title: cli.t('Giá trị', 'Value'), flex: true },
      { title: cli.t('Số lượt', 'Count'), align: 'right' },
    ],
    rows.map(([by, value, count]) => [by, value, many(cli, count)]),
  )
}

const progressOf = (cli: Cli, { counts }: PlanView): string =>
  [
    `${many(cli, counts.done + counts.skipped)}/${many(cli, counts.total)}`,
    `${cli.t('được', 'ok')} ${many(cli, counts.ok)}`,
    `${cli.t('lại hỏng', 'failed')} ${many(cli, counts.failed)}`,
    `${cli.t('chờ kết quả', 'open')} ${many(cli, counts.moved)}`,
    `${cli.t('bỏ qua', 'skipped')} ${many(cli, counts.skipped)}`,
  ].join(' · ')

/** What a person may do next. */
function nextOf(cli: Cli, { id, state }: PlanView): string | null {
  if (state === 'preparing')
    return cli.t(
      `Đang chốt danh sách (cần một tiến trình worker đang chạy); xem: hub plans show ${id}`,
      `The selection is being frozen (a worker process must run); see: hub plans show ${id}`,
    )
  if (state === 'ready') return `hub plans start ${id} --reason "…"`
  if (state === 'paused') return `hub plans resume ${id} --reason "…"`
  return null
}

export function describePlan(cli: Cli, plan: PlanDetail): string {
  const rate = plan.ratePerMinute === null ? null : many(cli, plan.ratePerMinute)
  const measured =
    plan.measuredPerMinute === null
      ? ''
      : ` (${cli.t('thực tế', 'measured')} ${many(cli, plan.measuredPerMinute)})`
  const left = plan.minutesLeft === null ? null : cli.duration(plan.minutesLeft * 60)
  const parts = [
    cli.pairs([
      [cli.t('Kế hoạch', 'Plan'), cli.style.bold(String(plan.id))],
      [cli.t('Thao tác', 'Action'), cli.say(interventionWords[plan.action])],
      [cli.t('Trạng thái', 'State'), cli.say(planStateWords[plan.state])],
      [cli.t('Vì sao dừng', 'Stopped'), plan.stopped && cli.say(plan.stopped.reason)],
      [cli.t('Tiến độ', 'Progress'), progressOf(cli, plan)],
      [cli.t('Mỗi phút', 'A minute'), rate && rate + measured],
      [cli.t('Còn khoảng', 'Left'), left],
      [cli.t('Hẹn lúc', 'Starts'), plan.startAt && cli.time(plan.startAt)],
      [cli.t('Người lập', 'By'), `${plan.createdBy}, ${cli.time(plan.createdAt)}`],
      [cli.t('Lý do', 'Reason'), plan.reason],
      [cli.t('Tiếp theo', 'Next'), nextOf(cli, plan)],
    ]),
    plan.summary && plan.counts.total > 0 ? summaryTable(cli, plan.summary) : '',
    plan.failures.length > 0
      ? cli.table(
          [
            { title: cli.t('Kết quả', 'Result') },
            { title: cli.t('Mã lỗi', 'Code') },
            { title: cli.t('Nghĩa', 'Meaning'), flex: true },
            { title: cli.t('Số lượt', 'Count'), align: 'right' },
          ],
          plan.failures.map(({ result, code, count }) => [
            result === 'failed' ? cli.t('lại hỏng', 'failed') : cli.t('bỏ qua', 'skipped'),
            code,
            cli.say(errorTable[code].title),
            many(cli, count),
          ]),
        )
      : '',
  ]
  return parts.filter(Boolean).join('\n\n')
}
