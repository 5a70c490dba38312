import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { HubError } from '../../../domain/errors.ts'
import { hubHome, writeConnector } from '../../new-connector/write-connector.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { firstOf } from '../options.ts'
import type { ConformanceReport, ConformanceVerdict } from '../ports.ts'

const extensionsOf = (cli: Cli): string[] => {
  const { extensionsDir } = cli.folders()
  return extensionsDir === undefined ? [] : [extensionsDir]
}

export const create: Handler<{ readonly in?: string }> = async (cli, args, options) => {
  const id = firstOf(args)
  const extensions = extensionsOf(cli)
  const home = resolve(options.in ?? extensions[0] ?? hubHome)
  const files = await writeConnector(id, home, extensions)
  const folder = join(home, 'connectors', id)
  cli.answer({ id, folder, files }, () =>
    [
      `${cli.style.good('✓')} ${cli.t(`Đã ghi ${files.length} tệp:`, `${files.length} files written:`)}`,
      ...files.map((file) => `  ${relative('.', join(home, file)) || file}`),
      '',
      cli.t('Tiếp theo:', 'Next:'),
      ...nextSteps(cli, { id, home, folder, known: extensions.includes(home) }),
    ].join('\n'),
  )
  return exitCodes.ok
}

interface Written {
  readonly id: string
  readonly home: string
  readonly folder: string
  /** Whether its home is the HUB_EXTENSIONS_DIR of now. */
  readonly known: boolean
}

function nextSteps(cli: Cli, { id, home, folder, known }: Written): string[] {
  const isHubs = home === resolve(hubHome)
  const example = relative('.', join(home, 'config/examples', id)) || '.'
  return [
    `  hub connector test ${relative('.', folder) || '.'}`,
    ...(isHubs ? ['  npm run generate && npm run format'] : []),
    ...(isHubs || known
      ? []
      : [
          cli.t(
            `  export HUB_EXTENSIONS_DIR=${home}   # cho mọi tiến trình và lệnh của liên thông`,
            `  export HUB_EXTENSIONS_DIR=${home}   # for every process and command of the hub`,
          ),
        ]),
    `  cp -r ${example}/*/ config/ && hub config check`,
  ]
}

/** A path of a folder, or the id of a connector of the province or the hub. */
async function folderOf(cli: Cli, text: string): Promise<string> {
  const homes = [...extensionsOf(cli), hubHome].map((home) => join(home, 'connectors', text))
  const folder = [resolve(text), ...homes].find((path) =>
    ['connector.json', 'index.ts'].some((file) => existsSync(join(path, file))),
  )
  if (folder !== undefined) return realpath(folder)
  throw new HubError('not-found', {
    detail: {
      vi: `Không có connector "${text}": không phải thư mục có connector.json, cũng không có ở ${homes.join(', ')}.`,
      en: `There is no connector "${text}": neither a folder with connector.json, nor in ${homes.join(', ')}.`,
    },
  })
}

export const test: Handler = async (cli, args) => {
  const folder = await folderOf(cli, firstOf(args))
  const report = await cli.ports.testConnector(folder)
  if (!report) throw new HubError('not-found', { detail: noSuite })
  const failed = report.verdicts.filter(({ result }) => result === 'fail')
  const ok = report.problem === null && failed.length === 0
  cli.answer({ ok, folder, ...report }, () => reportText(cli, report, failed))
  return ok ? exitCodes.ok : exitCodes.fault
}

const noSuite = {
  vi: 'Bản cài này không có bộ kiểm thử tuân thủ (test/conformance); ảnh container không mang theo nó. Chạy lệnh này từ mã nguồn của liên thông.',
  en: 'The conformance suite (test/conformance) is not part of this installation; the image does not carry it. Run this from a checkout of the hub.',
}

function reportText(
  cli: Cli,
  { id, problem, verdicts }: ConformanceReport,
  failed: readonly ConformanceVerdict[],
): string {
  if (problem) return `${cli.style.bad('✗')} ${id}: ${cli.say(problem)}`
  const table = cli.table(
    [
      { title: '' },
      { title: cli.t('Quy tắc', 'Rule') },
      { title: cli.t('Nội dung', 'What it shows'), flex: true },
    ],
    verdicts.map(({ rule, title, result, why }) => [
      marks[result](cli),
      rule,
      result === 'waived' ? `${cli.t('miễn', 'waived')}: ${why}` : title,
    ]),
  )
  const waived = verdicts.filter(({ result }) => result === 'waived').length
  const passed = verdicts.length - failed.length - waived
  return [
    table,
    ...failed.map(({ rule, why }) => `${cli.style.bad('✗')} ${rule}: ${why}`),
    cli.t(
      `${id}: ${passed} đạt, ${failed.length} không đạt, ${waived} miễn.`,
      `${id}: ${passed} passed, ${failed.length} failed, ${waived} waived.`,
    ),
  ].join('\n\n')
}

const marks: Readonly<Record<ConformanceVerdict['result'], (cli: Cli) => string>> = {
  pass: ({ style }) => style.good('✓'),
  fail: ({ style }) => style.bad('✗'),
  waived: ({ style }) => style.dim('–'),
}
