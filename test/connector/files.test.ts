import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Length, base64Of, fileContent, splitAtFiles } from '../../src/connector/files.ts'
import { bytesOf, piecesOf } from '../support/files.ts'

const id = '7d3f1c52-0000-4000-8000-000000000001'
const mark = fileContent(id)

describe('files in a body', () => {
  it('have a mark that the schema of a base64 field takes', () => {
    expect(mark).toMatch(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
    expect(Buffer.from(mark, 'base64').toString('base64')).toBe(mark)
    expect(() => fileContent('../etc/passwd')).toThrow('id of a file')
  })

  it('are found wherever they stand', () => {
    expect(splitAtFiles(`{"a":"${mark}","b":"${mark}"}`)).toEqual([
      '{"a":"',
      { file: id },
      '","b":"',
      { file: id },
      '"}',
    ])
    expect(splitAtFiles(mark)).toEqual([{ file: id }])
    expect(splitAtFiles('')).toEqual([])
  })

  it('cannot be named from outside: a text that only looks like a mark stays as it is', () => {
    const forged = mark.slice(0, -1) + (mark.endsWith('0') ? '1' : '0')
    const other = mark.replace('7d3f', '7d40')
    for (const text of [forged, other, mark.toUpperCase(), mark.slice(0, -1), `x${forged}y`])
      expect(splitAtFiles(text)).toEqual([text])
  })

  it('become base64 of exactly the length that is announced', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 700 }),
        async (bytes, length) => {
          const text = (await bytesOf(base64Of(piecesOf(bytes, length)))).toString()
          expect(text).toBe(Buffer.from(bytes).toString('base64'))
          expect(text.length).toBe(base64Length(bytes.length))
        },
      ),
    )
  })
})
