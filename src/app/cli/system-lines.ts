/** How a system does, in the words of the command line. */
import type { CertificateView, SystemView, TrafficView } from '../../engine/ports/systems.ts'
import type { Cli } from './cli.ts'
import { countWords } from './words.ts'

function trafficWords(cli: Cli, { attempts, errorRate, p50Ms, p95Ms }: TrafficView): string {
  if (errorRate === null) return cli.t('không có lần thử nào', 'no attempts')
  const share = `${Math.round(errorRate * 1000) / 10}%`
  return cli.t(
    `${attempts} lần thử, lỗi ${share}, một nửa dưới ${p50Ms} ms, 95% dưới ${p95Ms} ms`,
    `${attempts} attempts, ${share} failed, half below ${p50Ms} ms, 95% below ${p95Ms} ms`,
  )
}

function drainWords(cli: Cli, { health: { drain } }: SystemView): string {
  if (drain.reason) return cli.say(drain.reason)
  if (drain.seconds === null || drain.seconds === 0) return '–'
  const after = cli.duration(drain.seconds)
  return drain.atLeast
    ? cli.t(`ít nhất ${after}`, `at least ${after}`)
    : cli.t(`chừng ${after}`, `about ${after}`)
}

function certificateWords(cli: Cli, { host, subject, daysLeft }: CertificateView): string {
  const words = `${subject || host}: ${cli.t(`còn ${daysLeft} ngày`, `${daysLeft} days left`)}`
  if (daysLeft <= 7) return cli.style.bad(words)
  return daysLeft <= 30 ? cli.style.warn(words) : words
}

export function healthLines(cli: Cli, view: SystemView): [string, string][] {
  const { health, check, windows } = view
  const { last15Minutes, lastHour, deliveredPerMinute, certificate } = health
  return [
    [cli.t('15 phút qua', 'Last 15 min'), trafficWords(cli, last15Minutes)],
    [cli.t('1 giờ qua', 'Last hour'), trafficWords(cli, lastHour)],
    [cli.t('Nhịp gửi', 'Pace'), cli.t(`${deliveredPerMinute}/phút`, `${deliveredPerMinute}/min`)],
    [
      cli.t('Gửi hết', 'Drained'),
      `${drainWords(cli, view)} (${cli.t('đang chờ', 'waiting')} ${countWords(health.backlog, cli.language)})`,
    ],
    ...(certificate
      ? [
          [cli.t('Chứng thư', 'Certificate'), certificateWords(cli, certificate)] as [
            string,
            string,
          ],
        ]
      : []),
    ...(check
      ? [
          [
            cli.t('Kiểm tra', 'Tested'),
            `${check.ok ? cli.t('đạt', 'well') : cli.t('không đạt', 'not well')}, ${cli.time(check.at)}, ${check.by}`,
          ] as [string, string],
        ]
      : []),
    ...windows.map(({ window, from, until, inForce }): [string, string] => [
      inForce ? cli.t('Đang bảo trì', 'In maintenance') : cli.t('Sẽ bảo trì', 'Maintenance'),
      `${cli.time(from)} – ${cli.time(until)} ${window.reason}`,
    ]),
  ]
}
