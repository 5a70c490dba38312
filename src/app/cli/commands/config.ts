import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { Configuration, Revision } from '../../../domain/configuration.ts'
import { HubError } from '../../../domain/errors.ts'
import { type ConfigChange, diffConfiguration } from '../../config/diff.ts'
import { type ConfigReading, readConfigFiles } from '../../config/read-files.ts'
import { toFiles } from '../../config/to-files.ts'
import type { Hub } from '../../hub.ts'
import type { Cli } from '../cli.ts'
import { changeLines, faultBlocks, faultCount } from '../config-report.ts'
import type { Handler } from '../define.ts'
import { type ExitCode, exitCodes, UsageError } from '../exit.ts'
import { wholeNumberOption } from '../options.ts'

interface DirOption {
  readonly dir?: string
}

export const check: Handler<DirOption> = async (cli, _args, { dir }) => {
  const read = await readFiles(cli, dir)
  return tellReading(cli, read) ? exitCodes.ok : exitCodes.fault
}

interface Read {
  readonly folder: string
  readonly reading: ConfigReading
}

async function readFiles(cli: Cli, dir: string | undefined): Promise<Read> {
  // `--dir` works without any sound environment: files can be checked anywhere.
  const folders = cli.folders()
  const path = resolve(dir ?? folders.configDir)
  const law = await cli.ports.configLaw(folders.extensionsDir, folders.expressions)
  const reading = readConfigFiles(path, law)
  const short = relative('.', path)
  return { folder: short === '' ? '.' : short.startsWith('..') ? path : short, reading }
}

/** Prints the findings; true when the files are sound. */
function tellReading(cli: Cli, { folder, reading }: Read): boolean {
  const { warnings } = reading
  const faults = reading.ok ? [] : reading.faults
  cli.answer({ ok: reading.ok, folder, faults, warnings }, () => {
    const parts = [
      faultBlocks(cli, folder, faults, 'fault'),
      faultBlocks(cli, folder, warnings, 'warning'),
      reading.ok ? soundLine(cli, reading.configuration) : faultCount(cli, faults, warnings),
    ]
    return parts.filter(Boolean).join('\n\n')
  })
  return reading.ok
}

function soundLine(cli: Cli, { systems, jobs, codes }: Configuration): string {
  const tables = Object.keys(codes).length
  const words = cli.t(
    `Cấu hình hợp lệ: ${systems.length} hệ thống, ${jobs.length} luồng đồng bộ, ${tables} bảng mã.`,
    `The configuration is valid: ${systems.length} systems, ${jobs.length} jobs, ${tables} code tables.`,
  )
  return `${cli.style.good('✓')} ${words}`
}

/** The configuration of sound files; with faults it tells them and answers undefined. */
export async function soundFiles(
  cli: Cli,
  dir: string | undefined,
): Promise<Configuration | undefined> {
  const read = await readFiles(cli, dir)
  if (read.reading.ok) return read.reading.configuration
  tellReading(cli, read)
  return undefined
}

interface RevisionOption {
  readonly revision?: string
}

async function revisionOf(hub: Hub, option: string | undefined): Promise<Revision | undefined> {
  if (option === undefined) return hub.revisions.current()
  const id = wholeNumberOption('--revision', option, { min: 1, max: 2 ** 29, otherwise: 1 })
  const revision = await hub.revisions.get(id)
  if (revision) return revision
  const detail = { vi: `Không có bản cấu hình số ${id}.`, en: `There is no revision ${id}.` }
  throw new HubError('not-found', { detail })
}

const nothing: Configuration = {
  hub: { province: '', publicUrl: '', retention: { bodiesDays: 0, evidenceDays: 0, filesDays: 0 } },
  systems: [],
  jobs: [],
  codes: {},
}

const changesSince = (revision: Revision | undefined, files: Configuration): ConfigChange[] =>
  diffConfiguration(revision?.configuration ?? nothing, files)

export const diff: Handler<DirOption & RevisionOption> = async (cli, _args, options) => {
  const files = await soundFiles(cli, options.dir)
  if (!files) return exitCodes.fault
  const revision = await cli.withHub((hub) => revisionOf(hub, options.revision))
  const changes = changesSince(revision, files)
  cli.answer({ revision: revision?.id ?? null, changes }, () =>
    changes.length === 0
      ? cli.t(
          `Không khác bản ${revision?.id ?? '–'}.`,
          `Nothing differs from revision ${revision?.id ?? '–'}.`,
        )
      : changeLines(cli, changes),
  )
  return exitCodes.ok
}

export const apply: Handler<DirOption & { readonly reason?: string }> = async (
  cli,
  _args,
  options,
) => {
  const act = cli.act(options.reason)
  const files = await soundFiles(cli, options.dir)
  if (!files) return exitCodes.fault
  return cli.withHub(async (hub): Promise<ExitCode> => {
    const before = await hub.revisions.current()
    const changes = changesSince(before, files)
    const { id, changed } = await hub.revisions.apply(files, act)
    cli.answer({ revision: id, changed, changes }, () =>
      changed
        ? `${changeLines(cli, changes)}\n\n${cli.style.good('✓')} ${cli.t(`Đã thành bản ${id}. Các tiến trình đang chạy tự nhận trong vài giây.`, `It is revision ${id} now. Running processes take it up within seconds.`)}`
        : cli.t(
            `Không có gì thay đổi; bản đang dùng là ${id}.`,
            `Nothing has changed; revision ${id} stays.`,
          ),
    )
    return exitCodes.ok
  })
}

export const exportFiles: Handler<RevisionOption & { readonly to: string }> = async (
  cli,
  _args,
  options,
) => {
  const target = resolve(options.to)
  const present = await readdir(target).catch(() => [])
  if (present.length > 0)
    throw new UsageError(
      `Thư mục ${options.to} không trống.`,
      `The folder ${options.to} is not empty.`,
    )
  const revision = await cli.withHub((hub) => revisionOf(hub, options.revision))
  if (!revision) throw new HubError('not-found', { detail: noRevision })
  const files = toFiles(revision.configuration)
  for (const [file, text] of files) {
    const path = join(target, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
  }
  cli.answer({ revision: revision.id, folder: target, files: [...files.keys()] }, () =>
    cli.t(
      `Đã ghi bản ${revision.id} ra ${files.size} tệp trong ${options.to}.`,
      `Revision ${revision.id} is in ${files.size} files in ${options.to}.`,
    ),
  )
  return exitCodes.ok
}

const noRevision = {
  vi: 'Cơ sở dữ liệu chưa có bản cấu hình nào (hub config apply).',
  en: 'The database has no revision yet (hub config apply).',
}

export const history: Handler<{ readonly limit?: string }> = async (cli, _args, options) => {
  const limit = wholeNumberOption('--limit', options.limit, { min: 1, max: 1000, otherwise: 20 })
  const revisions = await cli.withHub((hub) => hub.revisions.list(limit))
  cli.answer({ items: revisions }, () =>
    revisions.length === 0
      ? cli.say(noRevision)
      : cli.table(
          [
            { title: cli.t('Bản', 'Revision'), align: 'right' },
            { title: cli.t('Lúc', 'At') },
            { title: cli.t('Người đổi', 'Author') },
            { title: cli.t('Lý do', 'Reason'), flex: true },
          ],
          revisions.map(({ id, at, author, reason }) => [String(id), cli.time(at), author, reason]),
        ),
  )
  return exitCodes.ok
}
