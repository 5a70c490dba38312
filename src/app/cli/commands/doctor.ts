import type { Finding } from '../../doctor/finding.ts'
import { judge } from '../../doctor/judge.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'

export const doctor: Handler = async (cli) => {
  // Faults of the environment are told as everywhere: all at once, before anything else.
  const facts = await cli.ports.diagnose(cli.settings())
  const findings = judge(facts)
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length
  const ok = count('fail') === 0
  cli.answer({ ok, findings }, () =>
    [
      ...findings.map((one) => line(cli, one)),
      '',
      ok
        ? cli.t(
            `Không có lỗi; ${count('warn')} điều cần chú ý.`,
            `No fault; ${count('warn')} things to look after.`,
          )
        : cli.t(
            `${count('fail')} lỗi, ${count('warn')} điều cần chú ý.`,
            `${count('fail')} faults, ${count('warn')} things to look after.`,
          ),
    ].join('\n'),
  )
  return ok ? exitCodes.ok : exitCodes.fault
}

function line(cli: Cli, { state, title, found, next }: Finding): string {
  const { style } = cli
  const sign = {
    ok: style.good('✓'),
    warn: style.warn('!'),
    fail: style.bad('✗'),
    skip: style.dim('–'),
  }
  const todo = next ? `\n    ${style.dim('→')} ${cli.say(next)}` : ''
  return `${sign[state]} ${cli.say(title)}: ${cli.say(found)}${todo}`
}
