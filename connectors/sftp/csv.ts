/** CSV by RFC 4180, with the delimiter and the encoding that older software writes. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ConnectorError, nfc } from '../../src/connector/index.ts'
import type { CsvFormat } from './options.ts'
import {
  columnsOf,
  FileFault,
  type ReadRecord,
  recordOf,
  requireColumns,
  type Source,
} from './records.ts'

/** Characters of one row: a quote that is never closed must not gather the rest of the file. */
const longestRow = 1024 * 1024

export async function* readCsv(
  source: Source,
  format: CsvFormat,
  required: readonly string[],
): AsyncGenerator<ReadRecord> {
  const { parse } = await import('csv-parse')
  const { delimiter = ',', encoding = 'utf-8', header = true } = format
  const parser = parse({
    ...{ bom: true, delimiter, max_record_size: longestRow },
    // Counted here, so that one wrong row is told and the others are read.
    ...{ relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'] },
  })
  const reading = pipeline(Readable.from(decoded(source, encoding)), parser)
  reading.catch(() => undefined)
  // The marks of windows-1258 stand behind their letters; everything in the hub is composed.
  const cellOf = encoding === 'windows-1258' ? nfc : (text: string) => text
  let names: readonly string[] | undefined
  try {
    for await (const row of parser as AsyncIterable<readonly string[]>) {
      if (!names) {
        const first = row.map(cellOf)
        names = columnsOf(header ? first : first.map((_, index) => String(index)))
        requireColumns(names, required)
        if (header) continue
      }
      yield row.length === names.length
        ? { value: recordOf(names, row.map(cellOf)) }
        : { code: 'mapping-failed', pointers: [''] }
    }
  } catch (error) {
    if (error instanceof ConnectorError || error instanceof FileFault) throw error
    throw new FileFault('file-type-mismatch')
  } finally {
    parser.destroy()
  }
  if (!names) throw new FileFault('file-type-mismatch')
}

async function* decoded(source: Source, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new FileFault('file-type-mismatch')
    }
  }
  for await (const bytes of source.read()) yield decode(bytes)
  yield decode()
}
