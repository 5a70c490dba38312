/**
 * Pulls by configuration: the oldest file first, a page of its records at a time, and never the file as a whole.
 *
 * The cursor says of which file (by a mark of its name, its size, time and hash) how many records are behind us. The
 * hub commits it together with the messages, so a process that is killed anywhere goes on at the record where it
 * stood. A file is moved in the page after the one whose commit has ended it: what is moved has been accepted. A
 * move that fails is asked for again by the next run, which does not read the file again. What the hub has refused
 * of a page is told with the next request: then the file goes where files with unread records go.
 *
 * Between two pages the file stays open, so that a large one is read once; what cannot be gone on with (another
 * process, a connection lost) is read again up to its place, and nothing of that is given again.
 */
import {
  later,
  type PullPage,
  type PullRequest,
  permanent,
  toVietnamTime,
  type UnreadRecord,
} from '../../src/connector/index.ts'
import type { RemoteFile, SftpClient, Visit } from './client.ts'
import type { Held } from './held.ts'
import { freeNames, inFolder, isPlainName, markOf, namePattern } from './names.ts'
import { defaultPull, type PullOptions } from './options.ts'
import { type Cursor, cursorOf, type FilePlace, textOf } from './place.ts'
import { hashOf, type OpenFile, openFile, type PageTools, readPage } from './pull-page.ts'
import { FileFault } from './records.ts'

interface Tools extends PageTools {
  readonly client: SftpClient
  readonly held: Held
}
export type PullTools = Omit<Tools, 'timesOf'>

/** Of files that stay: more than these and the cursor would outgrow its pages. */
const mostLeft = 2_000
/** In one run. */
const mostAnew = 5

/** What a page is made of while it is made. */
interface Work {
  readonly tools: Tools
  readonly visit: Visit
  /** Less what is moved while the page is made. */
  readonly listing: RemoteFile[]
  readonly unread: UnreadRecord[]
  readonly left: Set<string>
}

export async function pullPage(
  given: PullTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const tools = { ...given, timesOf: request.timesOf }
  const { pull, held, client } = tools
  const cursor = cursorOf(request)
  const open = held.take(pull.name)
  if (open && cursor.file && !open.visit.isOver() && open.cursor === request.cursor) {
    open.visit.follow(signal)
    return goOn(tools, open, { place: cursor.file, left: new Set(cursor.left), unread: [] })
  }
  await open?.close()
  const visit = await client.open(signal)
  try {
    const found = await visit.list(pull.folder)
    const isWanted = namePattern(pull.files)
    const listing = found.filter(({ name }) => isWanted(name)).sort(inOrder)
    const there = new Set(listing.map(stateOf))
    const left = new Set(cursor.left.filter((mark) => there.has(mark)))
    const work = { tools, visit, listing, unread: [], left }
    const marks = new Set(found.map(({ name }) => name))
    // A run that begins may try a restless file again.
    const isFirst = request.cursor === request.startedFrom
    const begun = cursor.file && isFirst ? { ...cursor.file, anew: 0 } : cursor.file
    return await pageFrom(work, await takeUp(work, begun), marks)
  } catch (error) {
    await visit.close()
    throw error
  }
}

/** Oldest first; the name decides where the server's clock does not. */
const inOrder = (one: RemoteFile, two: RemoteFile): number =>
  one.mtime - two.mtime || (one.name < two.name ? -1 : 1)

const stateOf = ({ name, size, mtime }: RemoteFile): string => markOf(name, size, mtime)

type TakenUp = { readonly place: FilePlace; readonly file: RemoteFile } | undefined

/** Moves what is at its end; finds again what is under way. Undefined: the next file's turn. */
async function takeUp(work: Work, place: FilePlace | undefined): Promise<TakenUp> {
  if (!place) return undefined
  const { listing, visit, unread, tools } = work
  const file = listing.find(({ name }) => markOf(name) === place.file)
  if (!file) {
    // At its end: moved already, and the process was lost before that was saved.
    if (place.end === undefined) unread.push(told(tools.pull.name, 'file-changed'))
    return undefined
  }
  if (place.end === undefined) return { place, file }
  const isTheOne =
    isAsItWas(file, place) ||
    (place.hash !== '' &&
      (await hashOf(visit, inFolder(tools.pull.folder, file.name))).hash === place.hash)
  if (isTheOne) {
    await putAway(work, file, place)
    listing.splice(listing.indexOf(file), 1)
  }
  if (isTheOne || place.hash === '') return undefined
  const { end: _, ...rest } = place
  return { place: rest, file }
}

const isAsItWas = (file: RemoteFile, place: FilePlace): boolean =>
  file.size === place.size && file.mtime === place.mtime

const factsOf = ({ size, mtime }: RemoteFile) => ({ size, mtime })

const told = (subject: string, code: UnreadRecord['code'], pointers: readonly string[] = []) => ({
  subject,
  code,
  pointers,
})

const folderFor = ({ done, bad }: PullOptions, end: 'done' | 'bad'): string | undefined =>
  end === 'done' ? done : bad

/** The marker goes first: one that stayed behind would vouch for the next file of this name. */
async function putAway(work: Work, file: RemoteFile, place: FilePlace): Promise<void> {
  const { visit, left } = work
  const { pull } = work.tools
  const folder = folderFor(pull, place.end ?? 'done')
  if (folder === undefined) {
    left.add(remembered(left, file))
    return
  }
  const path = inFolder(pull.folder, file.name)
  if (pull.ready?.marker !== undefined) await visit.remove(path + pull.ready.marker)
  for (const name of freeNames(file.name, place.hash || markOf(file.name, file.mtime))) {
    const target = inFolder(folder, name)
    // Some servers rename over what is there.
    if (await visit.look(target)) continue
    return visit.rename(path, target)
  }
  throw permanent('target-rejected', {
    detail: {
      vi: 'Thư mục cất tệp đã có quá nhiều tệp cùng tên.',
      en: 'The folder for files that were read holds too many of this name.',
    },
  })
}

async function pageFrom(work: Work, taken: TakenUp, names: ReadonlySet<string>): Promise<PullPage> {
  const { visit, tools, unread, left } = work
  const { pull } = tools
  const next = taken ?? nextFile(work, names)
  /** Nothing (more) can be read now: those behind a file that is being written wait their turn. */
  const rest = async (file?: FilePlace): Promise<PullPage> => {
    await visit.close()
    const cursor = textOf({ ...(file && { file }), left: [...left] })
    return { messages: [], unread, cursor, more: false }
  }
  if (!next) return rest()
  const { file, place } = next
  if (!isPlainName(file.name)) return setAside(work, file, place, 'file-unreadable')
  if (file.size > (pull.maxBytes ?? defaultPull.maxBytes))
    return setAside(work, file, place, 'file-too-large')
  if (taken && !isAsItWas(file, place) && !isReady(tools, file, names)) return rest(place)
  const path = inFolder(pull.folder, file.name)
  const { hash, size } = await hashOf(visit, path)
  const now = await visit.look(path)
  if (size !== file.size || now?.size !== size || now.mtime !== file.mtime)
    return rest(taken && place)
  let begun: FilePlace = { ...place, ...factsOf(file), hash }
  if (place.hash !== '' && place.hash !== hash) {
    unread.push(told(file.name, 'file-changed'))
    const { hasUnread: _, ...same } = begun
    begun = { ...same, at: 0, anew: (place.anew ?? 0) + 1 }
    if ((begun.anew ?? 0) > mostAnew) throw later('file-changed')
  }
  return goOn(tools, openFile(tools, visit, file, begun.time), { place: begun, left, unread })
}

function nextFile({ listing, left, tools }: Work, names: ReadonlySet<string>): TakenUp {
  const file = listing.find((one) => !left.has(stateOf(one)) && isReady(tools, one, names))
  if (!file) return undefined
  const time = toVietnamTime(new Date(file.mtime * 1000))
  return { file, place: { file: markOf(file.name), ...factsOf(file), hash: '', at: 0, time } }
}

function isReady(
  { pull, context }: Tools,
  { name, mtime }: RemoteFile,
  names: ReadonlySet<string>,
): boolean {
  const { marker, ageSeconds = marker === undefined ? defaultPull.ageSeconds : 0 } =
    pull.ready ?? {}
  if (marker !== undefined && !names.has(name + marker)) return false
  return context.clock.now().getTime() / 1000 - mtime >= ageSeconds
}

/** A file of which nothing is read. */
async function setAside(
  { visit, tools, unread, left }: Work,
  file: RemoteFile,
  place: FilePlace,
  code: UnreadRecord['code'],
): Promise<PullPage> {
  await visit.close()
  const cursor = ended(tools.pull, file, { ...place, hash: '', end: 'bad' }, left)
  const all = [...unread, told(file.name, code)]
  return { messages: [], unread: all, cursor: textOf(cursor), more: true }
}

/** What is to be moved is moved after the commit; what stays is remembered with it. */
function ended(
  pull: PullOptions,
  file: RemoteFile,
  place: FilePlace & { readonly end: 'done' | 'bad' },
  left: ReadonlySet<string>,
): Cursor {
  // Its name could lead elsewhere. Of what is done the hub may yet refuse something.
  const moves = (folderFor(pull, place.end) ?? pull.bad) !== undefined && isPlainName(file.name)
  return moves ? { file: place, left: [...left] } : { left: [...left, remembered(left, file)] }
}

function remembered(left: ReadonlySet<string>, file: RemoteFile): string {
  if (left.size >= mostLeft) throw permanent('system-misconfigured', { detail: tooManyLeft })
  return stateOf(file)
}

interface Stand {
  readonly place: FilePlace
  readonly left: ReadonlySet<string>
  readonly unread: readonly UnreadRecord[]
}

/** The next page of an open file. */
async function goOn(tools: Tools, open: OpenFile, stand: Stand): Promise<PullPage> {
  const { pull, held } = tools
  const { place: before, left } = stand
  try {
    const { messages, over, unread: also } = await readPage(tools, open, before.at)
    const unread = [...stand.unread, ...also]
    const hasUnread = before.hasUnread || also.length > 0
    const place = { ...before, at: open.behind, ...(hasUnread && { hasUnread }) }
    if (over === undefined) {
      const cursor = textOf({ file: place, left: [...left] })
      held.keep(pull.name, { ...open, cursor })
      return { messages, unread, cursor, more: true }
    }
    const now = await open.visit.look(inFolder(pull.folder, open.file.name))
    await open.close()
    if (!now || !isAsItWas({ ...open.file, ...now }, before)) {
      // It was written to while it was read: the next page finds out, and nothing of this one counts.
      const again = { ...before, anew: (before.anew ?? 0) + 1 }
      const cursor = textOf({ file: again, left: [...left] })
      return { messages: [], unread: stand.unread, cursor, more: true }
    }
    if (over instanceof FileFault) unread.push(told(open.file.name, over.code, over.pointers))
    const end = over instanceof FileFault || hasUnread ? 'bad' : 'done'
    const cursor = textOf(ended(pull, open.file, { ...place, end }, left))
    return { messages, unread, cursor, more: true }
  } catch (error) {
    await open.close()
    throw error
  }
}

const tooManyLeft = {
  vi: 'Quá nhiều tệp đã đọc còn nằm trong thư mục: dọn thư mục, hoặc cấu hình done và bad.',
  en: 'Too many files that were read stay in the folder: clear it, or configure done and bad.',
}
