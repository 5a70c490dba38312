/**
 * What kind of file some bytes are, by the bytes alone, and which kinds the hub takes: the few in which
 * papers of a dossier come. Whatever runs, may hold scripts or macros, or is not known, is refused.
 * Packed files (docx, odt, ASiC) are judged by the names of what they hold; nothing is unpacked.
 */
import type { Words } from './errors.ts'
import { createNameFinder } from './zip-names.ts'

export interface FileType {
  readonly mediaType: string
  /** Of names, lower case. */
  readonly extensions: readonly string[]
  /** Other media types by which senders call it. */
  readonly aliases?: readonly string[]
}

const office = 'application/vnd.openxmlformats-officedocument.'
const open = 'application/vnd.oasis.opendocument.'

const types = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'] },
  png: { mediaType: 'image/png', extensions: ['png'] },
  jpeg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], aliases: ['image/jpg'] },
  tiff: { mediaType: 'image/tiff', extensions: ['tif', 'tiff'] },
  docx: { mediaType: `${office}wordprocessingml.document`, extensions: ['docx'] },
  xlsx: { mediaType: `${office}spreadsheetml.sheet`, extensions: ['xlsx'] },
  pptx: { mediaType: `${office}presentationml.presentation`, extensions: ['pptx'] },
  odt: { mediaType: `${open}text`, extensions: ['odt'] },
  ods: { mediaType: `${open}spreadsheet`, extensions: ['ods'] },
  odp: { mediaType: `${open}presentation`, extensions: ['odp'] },
  asice: { mediaType: 'application/vnd.etsi.asic-e+zip', extensions: ['asice', 'sce'] },
  asics: { mediaType: 'application/vnd.etsi.asic-s+zip', extensions: ['asics', 'scs'] },
  p7s: {
    mediaType: 'application/pkcs7-signature',
    extensions: ['p7s', 'p7m', 'p7b'],
    aliases: ['application/pkcs7-mime', 'application/x-pkcs7-signature'],
  },
  xml: { mediaType: 'application/xml', extensions: ['xml', 'edxml'], aliases: ['text/xml'] },
  text: {
    mediaType: 'text/plain',
    extensions: ['txt', 'csv', 'json'],
    aliases: ['text/csv', 'application/json'],
  },
} as const satisfies Record<string, FileType>

export const fileTypes: readonly FileType[] = Object.values(types)

type Verdict = { readonly type: FileType } | { readonly refused: Words }

export interface TypeWatch {
  /** The next bytes. Answers why the file is refused as soon as that is certain. */
  look(bytes: Uint8Array): Words | undefined
  /** After the last byte. */
  end(): Verdict
}

const words = (vi: string, en: string): Words => ({ vi, en })
const runs = words('Tệp chạy được hoặc là mã lệnh.', 'The file can be run, or is a script.')
const web = words(
  'Trang web, ảnh SVG hoặc XML chứa nội dung web.',
  'A web page, an SVG picture, or XML that holds web content.',
)
const macros = words('Tệp có macro hoặc ActiveX.', 'The file holds macros or ActiveX.')
const legacy = words(
  'Định dạng Office cũ (doc, xls, ppt) hoặc tệp có mật khẩu: có thể chứa macro.',
  'An old Office format (doc, xls, ppt) or a file with a password: it may hold macros.',
)
const strange = words('Không nhận ra loại tệp.', 'The kind of the file is not known.')
const empty = words('Tệp rỗng.', 'The file is empty.')
const declared = words(
  'XML có khai báo DOCTYPE hoặc lệnh xử lý.',
  'XML with a document type declaration or a processing instruction.',
)

/** Enough to know a file by its beginning. */
const headBytes = 4096

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const signatures: readonly (readonly [start: string, found: FileType | Words])[] = [
  ['%PDF-', types.pdf],
  ['\x89PNG\r\n\x1a\n', types.png],
  ['\xff\xd8\xff', types.jpeg],
  ['II*\0', types.tiff],
  ['MM\0*', types.tiff],
  ['MZ', runs],
  ['\x7fELF', runs],
  ['\xfe\xed\xfa', runs],
  ['\xce\xfa\xed\xfe', runs],
  ['\xcf\xfa\xed\xfe', runs],
  ['\xca\xfe\xba\xbe', runs],
  ['#!', runs],
  ['\xef\xbb\xbf#!', runs],
  ['\xd0\xcf\x11\xe0', legacy],
]

/** SEQUENCE { OBJECT IDENTIFIER signedData … }: CMS, RFC 5652. */
const signedData = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02'

/** Watches one file as it passes by. Keeps a few kilobytes of it at most. */
export function createTypeWatch(): TypeWatch {
  const start: number[] = []
  let body: TypeWatch | undefined

  const choose = (): TypeWatch => {
    const head = latin(Uint8Array.from(start))
    const known = signatures.find(([signature]) => head.startsWith(signature))?.[1]
    if (known) return settled('mediaType' in known ? { type: known } : { refused: known })
    if (head === '') return settled({ refused: empty })
    if (head.startsWith('PK\x03\x04')) return watchPacked(head)
    if (head.startsWith('\x30') && head.slice(0, 20).includes(signedData))
      return settled({ type: types.p7s })
    return watchText()
  }
  const begin = (): { watch: TypeWatch; why: Words | undefined } => {
    const watch = choose()
    return { watch, why: watch.look(Uint8Array.from(start)) }
  }

  return {
    look(bytes) {
      if (body) return body.look(bytes)
      const missing = headBytes - start.length
      start.push(...bytes.subarray(0, missing))
      if (start.length < headBytes) return undefined
      const { watch, why } = begin()
      body = watch
      return why ?? body.look(bytes.subarray(missing))
    },
    end() {
      if (body) return body.end()
      const { watch, why } = begin()
      return why ? { refused: why } : watch.end()
    },
  }
}

const settled = (verdict: Verdict): TypeWatch => ({
  look: () => ('refused' in verdict ? verdict.refused : undefined),
  end: () => verdict,
})

const runnable =
  /\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|class|dex|so|sh|py)$/i
const holdsMacro =
  /(^|\/)(vbaproject\.bin|vbadata\.xml|macrosheets\/|activex\/)|^(basic|scripts)\//i
const officeFolders = { 'word/': types.docx, 'xl/': types.xlsx, 'ppt/': types.pptx } as const

/** OpenDocument and ASiC say what they are in their first entry, which is not compressed. */
function toldType(head: string): FileType | undefined {
  const word = (at: number): number => head.charCodeAt(at) + 256 * head.charCodeAt(at + 1)
  if (head.slice(30, 30 + word(26)) !== 'mimetype') return undefined
  const told = head.slice(30 + word(26) + word(28))
  // A size of 0 stands behind the content, before the next entry.
  const size = word(18) + 65_536 * word(20)
  return [types.odt, types.ods, types.odp, types.asice, types.asics].find(({ mediaType }) =>
    size > 0 ? told.slice(0, size) === mediaType : told.startsWith(`${mediaType}PK`),
  )
}

function watchPacked(head: string): TypeWatch {
  const told = toldType(head)
  let refused: Words | undefined
  let found: FileType | undefined
  let isOffice = false
  let isSigned = false
  const finder = createNameFinder((name) => {
    if (runnable.test(name)) refused ??= runs
    if (holdsMacro.test(name)) refused ??= macros
    if (name === '[Content_Types].xml') isOffice = true
    if (/^META-INF\/[^/]*signature[^/]*\.(xml|p7s)$/i.test(name)) isSigned = true
    for (const [folder, type] of Object.entries(officeFolders))
      if (name.startsWith(folder)) found ??= type
  })
  const verdict = (): Verdict => {
    if (refused) return { refused }
    const type = told ?? (isOffice ? found : isSigned ? types.asice : undefined)
    return type ? { type } : { refused: strange }
  }
  return {
    look(bytes) {
      finder.look(bytes)
      return refused
    },
    end() {
      finder.end()
      return verdict()
    },
  }
}

const notText = /[^\P{Cc}\t\n\r\f]/u
const webNames = /http:\/\/www\.w3\.org\/(1999\/xhtml|2000\/svg)/
/** Longer than what `webNames` looks for. */
const overlap = 40

/** UTF-8 text: XML without anything a browser would run, or plain text. */
function watchText(): TypeWatch {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let seen = ''
  let type: FileType | undefined
  const judge = (text: string): Words | undefined => {
    if (notText.test(text)) return strange
    const first = type === undefined
    seen = (first ? '' : seen.slice(-overlap)) + text
    if (first) {
      const kind = kindOfText(seen.trimStart())
      if ('refused' in kind) return kind.refused
      type = kind.type
    }
    return type === types.xml && webNames.test(seen) ? web : undefined
  }
  const decode = (bytes?: Uint8Array): Words | undefined => {
    try {
      return judge(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode())
    } catch {
      return strange
    }
  }
  return {
    look: (bytes) => (bytes.length === 0 ? undefined : decode(bytes)),
    end() {
      const refused = decode()
      return refused || !type ? { refused: refused ?? strange } : { type }
    },
  }
}

/** By the beginning: the first thing that is neither declaration nor comment must be an element. */
function kindOfText(start: string): Verdict {
  if (!start.startsWith('<')) return { type: types.text }
  const rest = start.replace(/^<\?xml\s[^>]*\?>/, '').replace(/^(\s*<!--[\s\S]*?-->)*\s*/, '')
  if (/^<!doctype\s+html/i.test(rest)) return { refused: web }
  if (/^<[!?]/.test(rest)) return { refused: declared }
  const root = /^<(?:[\p{L}_][\p{L}\d_.-]*:)?([\p{L}_][\p{L}\d_.-]*)[\s/>]/u.exec(rest)?.[1]
  if (root === undefined) return { refused: strange }
  return /^(svg|html|head|body|script|iframe|style)$/i.test(root)
    ? { refused: web }
    : { type: types.xml }
}

/** Why this name, or what the sender says it is, does not go with the type; undefined when it does. */
export function mismatchOf(
  type: FileType,
  name: string,
  claim: string | undefined,
): Words | undefined {
  const said = claim === undefined || claim === 'application/octet-stream' ? undefined : claim
  if (said !== undefined && said !== type.mediaType && !type.aliases?.includes(said))
    return words(
      `Nội dung là ${type.mediaType}, không phải loại đã khai.`,
      `The content is ${type.mediaType}, not what was declared.`,
    )
  const extension = /\.([^.\s]{1,10})$/.exec(name)?.[1]?.toLowerCase()
  if (extension === undefined || type.extensions.includes(extension)) return undefined
  return words(
    `Nội dung là ${type.mediaType}; tên tệp phải kết thúc bằng .${type.extensions.join(', .')}.`,
    `The content is ${type.mediaType}; the name must end in .${type.extensions.join(', .')}.`,
  )
}

/** One line of text that any system can take as a name of a file. */
export const isFileName = (name: string): boolean =>
  name.length <= 200 &&
  name.trim() !== '' &&
  !/^\.+$/.test(name) &&
  !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\]/u.test(name)
