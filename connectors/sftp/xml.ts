/** XML: the elements at one path, each a record. */
import { readXmlRecords, recordOf, XmlError } from '../../src/connector/index.ts'
import type { XmlFormat } from './options.ts'
import { FileFault, type ReadRecord, type Source } from './records.ts'

export async function* readXmlFile(
  source: Source,
  { record }: XmlFormat,
): AsyncGenerator<ReadRecord> {
  try {
    for await (const element of readXmlRecords(source.read(), record.slice(1).split('/')))
      yield { value: recordOf(element) }
  } catch (error) {
    throw error instanceof XmlError ? faultOf(error) : error
  }
}

export const faultOf = ({ reason }: XmlError): FileFault =>
  new FileFault(
    reason === 'too-large' || reason.startsWith('too-many')
      ? 'file-too-large'
      : 'file-type-mismatch',
  )
