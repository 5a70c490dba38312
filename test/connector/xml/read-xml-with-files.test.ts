import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfBase64 } from '../../../src/connector/index.ts'
import type { XmlElement } from '../../../src/connector/xml/index.ts'
import { childAt, readXml, readXmlWithFiles } from '../../../src/connector/xml/index.ts'
import { hostile } from './hostile.ts'

const long = 'QUJD'.repeat(10_000)
const read = (text: string) => readXmlWithFiles(Buffer.from(text), 'F')
const textOf = ({ bytesOf }: ReturnType<typeof read>, element: XmlElement | undefined) =>
  element && Buffer.from(bytesOf(element)).toString()

/** With texts of files as they are read, this is what `readXml` gives. */
const whole = (document: ReturnType<typeof read>, element: XmlElement): unknown => ({
  ...element,
  text: textOf(document, element),
  children: element.children.map((child) => whole(document, child)),
})

describe('XML with files', () => {
  it('leaves long files where they are, under any prefix', () => {
    const lines = long.replace(/.{76}/g, '$&\r\n')
    const document = read(
      `<a xmlns:x="u"><x:F>${long}</x:F><F >${lines}</F><F>short</F><G>${long}</G><F/></a>`,
    )
    const [one, two, three, other] = document.root.children
    expect([one, two].map((file) => file?.text)).toEqual(['', ''])
    expect(textOf(document, one)).toBe(long)
    expect(textOf(document, two)).toBe(lines)
    expect([three?.text, textOf(document, three)]).toEqual(['short', 'short'])
    expect(other?.text).toBe(long)
  })

  it.each([
    `<a><F>${long}<b/></F></a>`,
    `<a><F>x &amp; ${long}</F></a>`,
    `<a><F>${long}<!-- x -->${long}</F></a>`,
    `<a><F>${long}<![CDATA[${long}]]></F></a>`,
    `<a><![CDATA[<F>${long}</F>]]></a>`,
    `<a><!-- <F>${long}</F> --><F>${long}</F></a>`,
    `<a><F>Ngu\u1ec5n ${long}</F></a>`,
    `<a><F b="1">${long}</F></a>`,
    `<a><F>${' '.repeat(20_000)}</F>${' '.repeat(20_000)}</a>`,
    `<a b="<F>${long}"/>`,
    `<a>${long}</a>`,
    `<F>${long}</F>`,
    `<a><F>${long}</a>`,
    `<a><F>${long}`,
    `<a><F>${long}</F></a><F>${long}</F>`,
  ])('means what the plain reader reads: %#', (text) => {
    const outcome = (work: () => unknown): unknown => {
      try {
        return work()
      } catch (error) {
        return String(error)
      }
    }
    const plain = outcome(() => readXml(Buffer.from(text)))
    const asFiles = outcome(() => {
      const document = read(text)
      return whole(document, document.root)
    })
    expect(asFiles).toEqual(plain)
  })

  it.each(hostile)('refuses %s', (_, make, reason) => {
    const document = make()
    const bytes = typeof document === 'string' ? Buffer.from(document) : document
    expect(() => readXmlWithFiles(bytes, 'F')).toThrow(expect.objectContaining({ reason }))
  })

  it('is not slowed down by signs that look like tags', () => {
    for (const sign of ['<', '>', '<F', '<F>', '"<F>'])
      expect(() => read(sign.repeat(150_000))).toThrow()
    expect(childAt(read(`<a>${'<F>QUJD</F>'.repeat(20_000)}</a>`).root, 'F')?.text).toBe('QUJD')
  })
})

describe('base64', () => {
  const decoded = (text: string) => Buffer.concat([...bytesOfBase64(Buffer.from(text))])

  it('comes back as it went, whatever its lines and pieces', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 700_000 }),
        fc.integer({ min: 1, max: 200 }),
        (size, width) => {
          const bytes = Buffer.alloc(size, 'Tệp thử nghiệm')
          const lines = bytes.toString('base64').replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n')
          expect(decoded(lines).equals(bytes)).toBe(true)
        },
      ),
      { numRuns: 30 },
    )
  })

  it.each([
    ...['A', 'AA', 'AAA', 'AAAAA', 'AA==A', 'AA==AAAA', 'AB==', '=', '====', 'AA=', 'A===', 'A_-A'],
    `AA==${' '.repeat(300_000)}AAAA`,
    `${'A'.repeat(300_000)}AA==AAAA`,
    `${'A'.repeat(262_140)}AA==${'A'.repeat(300_000)}`,
  ])('is nothing else: %#', (text) => {
    expect(() => decoded(text)).toThrow(SyntaxError)
  })
})
