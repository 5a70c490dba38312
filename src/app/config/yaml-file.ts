import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { Fault } from '../../domain/errors.ts'
import { type ConfigFault, segmentsOf } from './config-fault.ts'

export interface YamlFile {
  readonly file: string
  /** The file's name without its ending. */
  readonly id: string
  readonly value: unknown
  /** Gives a fault of the value its place in the file. */
  place(fault: Fault): ConfigFault
}

/** Words for the errors of the parser, by code. Its own messages are not used: they may quote the file. */
const wordsByCode: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  DUPLICATE_KEY: [
    'Khoá lặp lại trong cùng một mục; chỉ giữ một.',
    'The same key twice in one mapping; keep one.',
  ],
  MULTIPLE_DOCS: [
    'Mỗi tệp chỉ chứa một tài liệu YAML; bỏ dòng ---.',
    'One YAML document a file; remove the line ---.',
  ],
  TAB_AS_INDENT: [
    'Thụt lề bằng dấu cách, không dùng phím Tab.',
    'Indent with spaces, not with tabs.',
  ],
  BAD_INDENT: ['Thụt lề không thẳng hàng.', 'The indentation does not line up.'],
  MISSING_CHAR: [
    'Thiếu ký tự đóng hoặc dấu ":" (ngoặc, nháy).',
    'A closing character or ":" is missing (bracket, quote).',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'Không đặt được một mục lồng ở đây; có thể thiếu xuống dòng hoặc thừa dấu ":".',
    'A nested mapping cannot stand here; a line break may be missing, or a ":" is too much.',
  ],
  TAG_RESOLVE_FAILED: ['Thẻ (!…) không được dùng.', 'Tags (!…) are not used here.'],
}

const yamlWords = (code: string): { vi: string; en: string } => {
  const [vi, en] = wordsByCode[code] ?? [`Sai cú pháp YAML (${code}).`, `Not valid YAML (${code}).`]
  return { vi, en }
}

/** Reads YAML 1.2, strictly: duplicate keys, anchors, tags and second documents are faults. */
export function parseYamlFile(
  file: string,
  id: string,
  bytes: Uint8Array,
): YamlFile | ConfigFault[] {
  const lines = new LineCounter()
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const vi = 'Tệp không phải văn bản UTF-8.'
    return [{ file, line: 1, column: 1, pointer: '', rule: 'utf-8', vi, en: 'Not UTF-8 text.' }]
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    version: '1.2',
  })
  const faults: ConfigFault[] = [...document.errors, ...document.warnings].map((error) => ({
    ...at(error.pos[0]),
    pointer: '',
    rule: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml',
    ...yamlWords(error.code),
  }))
  visit(document, {
    Alias: (_key, node) => {
      const vi = 'Không dùng bí danh YAML (*tên); ghi đầy đủ.'
      const en = 'YAML aliases (*name) are not used here; write it out.'
      faults.push({ ...at(node.range?.[0] ?? 0), pointer: '', rule: 'yaml', vi, en })
    },
  })
  if (faults.length === 0 && document.contents === null) {
    const en = 'The file is empty.'
    faults.push({ ...at(0), pointer: '', rule: 'empty', vi: 'Tệp rỗng.', en })
  }
  if (faults.length > 0) return faults
  return {
    file,
    id,
    value: document.toJS(),
    place: (fault) => ({ ...fault, ...at(offsetOf(document, fault.pointer)) }),
  }
}

/** Where the deepest part of the pointer that exists begins: the key, or the item of a list. */
function offsetOf(document: Document, pointer: string): number {
  let node: unknown = document.contents
  let offset = isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0
  for (const segment of segmentsOf(pointer)) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment)
      if (!pair) break
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(segment)]
      if (!isMap(item) && !isSeq(item) && !isScalar(item)) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}
