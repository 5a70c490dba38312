/** Texts with places in them: `/ho-so/{/subject}/tien-do`, each filled from the record by JSON Pointer. */
import type { Words } from '../../domain/errors.ts'
import { permanent } from '../errors.ts'
import { readPointer } from './pointer.ts'

const place = /\{((?:\/[^{}]*)?)\}/g

/**
 * Fills every place with the text there, written by `write` (percent-encoded for a path). Throws
 * `mapping-failed` with the pointer of what is missing.
 */
export const fillTemplate = (
  template: string,
  record: unknown,
  write: (text: string) => string = encodeURIComponent,
): string =>
  template.replace(place, (_, pointer: string) => {
    const value = readPointer(record, pointer)
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    // A dot segment would leave the path that the operator wrote.
    if (typeof text !== 'string' || text === '' || text === '.' || text === '..')
      throw permanent('mapping-failed', { faults: [{ pointer, rule: 'required', ...missing }] })
    return write(text)
  })

const missing: Words = {
  vi: 'bắt buộc phải có, để ghi vào địa chỉ',
  en: 'is required, to be written into the address',
}
