import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { verdictWords } from '../verdict-words.ts'
import { countWords } from '../words.ts'

export const verify: Handler = async (cli) => {
  const verdicts = await cli.withHub((hub) => hub.verify())
  const ok = verdicts.every((verdict) => verdict.ok)
  cli.answer({ ok, verdicts }, () => {
    const table = cli.table(
      [
        { title: '' },
        { title: cli.t('Điều phải đúng', 'What must hold') },
        { title: cli.t('Chỗ sai', 'Not so'), align: 'right' },
        { title: cli.t('Ví dụ', 'For example'), flex: true },
      ],
      verdicts.map((verdict) => [
        verdict.ok ? cli.style.good('✓') : cli.style.bad('✗'),
        nameOf(cli, verdict.name),
        countWords(verdict.count, cli.language),
        verdict.examples.join(', '),
      ]),
    )
    const line = ok
      ? cli.t('Mọi bảo đảm đều đúng.', 'Every guarantee holds.')
      : cli.t(
          'Có bảo đảm bị vi phạm: báo nhóm phát triển ngay, giữ nguyên cơ sở dữ liệu.',
          'A guarantee is broken: tell the developers at once and keep the database as it is.',
        )
    return `${table}\n\n${ok ? cli.style.good(line) : cli.style.bad(line)}`
  })
  return ok ? exitCodes.ok : exitCodes.fault
}

function nameOf(cli: Cli, name: string): string {
  const words = Object.hasOwn(verdictWords, name) ? verdictWords[name] : undefined
  return words ? cli.say(words) : name
}

export const verifyAudit: Handler<{ readonly anchor?: string }> = async (cli, _args, options) => {
  const verdict = await cli.withHub((hub) => hub.audit.verify(options.anchor))
  cli.answer(verdict, () =>
    [
      verdict.ok
        ? `${cli.style.good('✓')} ${cli.t('Chuỗi nhật ký kiểm toán nguyên vẹn.', 'The audit chain is whole.')}`
        : `${cli.style.bad('✗')} ${cli.t('Chuỗi nhật ký kiểm toán bị đứt.', 'The audit chain is broken.')}`,
      cli.pairs([
        [cli.t('Đã niêm', 'Sealed'), countWords(verdict.sealed, cli.language)],
        [cli.t('Chưa niêm', 'Not sealed yet'), countWords(verdict.unsealed, cli.language)],
        [cli.t('Mốc cuối', 'Head'), verdict.head],
        [cli.t('Đứt tại', 'Broken at'), verdict.broken],
      ]),
      verdict.ok && verdict.head
        ? cli.t(
            'Chép mốc cuối ra nơi khác; lần sau kiểm tra bằng --anchor <mốc>.',
            'Keep the head elsewhere; check against it later with --anchor <head>.',
          )
        : '',
    ]
      .filter(Boolean)
      .join('\n'),
  )
  return verdict.ok ? exitCodes.ok : exitCodes.fault
}
