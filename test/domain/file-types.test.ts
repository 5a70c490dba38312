import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTypeWatch, isFileName, mismatchOf } from '../../src/domain/file-types.ts'
import { aPdf, aZip } from '../support/files.ts'

const typeOf = (bytes: Uint8Array, length = bytes.length || 1): string => {
  const watch = createTypeWatch()
  for (let at = 0; at < bytes.length; at += length) {
    const why = watch.look(bytes.subarray(at, at + length))
    if (why) return why.en
  }
  const verdict = watch.end()
  return 'refused' in verdict ? verdict.refused.en : verdict.type.mediaType
}
const latin = (text: string) => Buffer.from(text, 'latin1')
const office = (folder: string, more: Record<string, string> = {}) =>
  aZip({ '[Content_Types].xml': '<Types/>', [`${folder}/document.xml`]: '<x/>', ...more })
const packed = (mimetype: string, more: Record<string, string> = {}) =>
  aZip({ mimetype, 'META-INF/manifest.xml': '<x/>', ...more })
const odt = 'application/vnd.oasis.opendocument.text'
/** As a writer does that does not know the size of its first entry yet. */
const withoutSize = (zip: Buffer): Buffer => Buffer.from(zip).fill(0, 18, 26)
const asice = 'application/vnd.etsi.asic-e+zip'

const runs = 'The file can be run, or is a script.'
const web = 'A web page, an SVG picture, or XML that holds web content.'
const macros = 'The file holds macros or ActiveX.'
const strange = 'The kind of the file is not known.'
const declared = 'XML with a document type declaration or a processing instruction.'
const svgNames = '<a xmlns:s="http://www.w3.org/2000/svg"><s:svg/></a>'

const cases: readonly (readonly [what: string, bytes: Buffer, found: string])[] = [
  ['a PDF', aPdf(), 'application/pdf'],
  ['a PNG', latin('\x89PNG\r\n\x1a\n....'), 'image/png'],
  ['a JPEG', latin('\xff\xd8\xff\xe0....'), 'image/jpeg'],
  ['a TIFF of Intel', latin('II*\0....'), 'image/tiff'],
  ['a TIFF of Motorola', latin('MM\0*....'), 'image/tiff'],
  ['a DOCX', office('word'), expect.stringContaining('wordprocessingml.document')],
  ['an XLSX', office('xl'), expect.stringContaining('spreadsheetml.sheet')],
  ['a PPTX', office('ppt'), expect.stringContaining('presentationml.presentation')],
  ['an ODT', packed(odt), odt],
  ['an ODT whose sizes come behind', withoutSize(packed(odt)), odt],
  ['a template of OpenDocument', packed(`${odt}-template`), strange],
  ['an ASiC-E', packed(asice, { 'META-INF/signatures.xml': '<x/>', 'don.pdf': '%PDF' }), asice],
  [
    'an ASiC-E that does not say so',
    aZip({ 'don.pdf': '%PDF', 'META-INF/signatures0.xml': '<x/>' }),
    asice,
  ],
  [
    'a CMS signature',
    latin('\x30\x82\x0a\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0'),
    'application/pkcs7-signature',
  ],
  [
    'XML',
    Buffer.from('<?xml version="1.0"?>\n<!-- a --><don:Đơn xmlns:don="u"/>'),
    'application/xml',
  ],
  ['XML with a mark', Buffer.from('\ufeff<a/>'), 'application/xml'],
  ['text', Buffer.from('Tờ khai – “thử”\r\n\tdòng 2'), 'text/plain'],
  ['JSON', Buffer.from('{"a": 1}'), 'text/plain'],
  ['nothing', Buffer.alloc(0), 'The file is empty.'],
  ['a program of Windows', latin('MZ\x90\0'), runs],
  ['a program of Linux', latin('\x7fELF\x02'), runs],
  ['a class of Java', latin('\xca\xfe\xba\xbe\0\0'), runs],
  ['a script', Buffer.from('#!/bin/sh\nrm -rf /'), runs],
  ['a web page', Buffer.from('\n <!DOCTYPE html><p>'), web],
  ['a web page without a type', Buffer.from('<HTML><body>'), web],
  ['a picture that can hold scripts', Buffer.from('<?xml version="1.0"?><svg xmlns="x">'), web],
  ['the same with a prefix', Buffer.from('<s:svg xmlns:s="x"/>'), web],
  ['XML with web content', Buffer.from(`<a>${' '.repeat(9000)}</a>${svgNames}`), web],
  ['XML with a document type', Buffer.from('<!DOCTYPE a [<!ENTITY x SYSTEM "y">]><a/>'), declared],
  ['XML with a style', Buffer.from('<?xml-stylesheet href="x"?><a/>'), declared],
  ['a DOCX with macros', office('word', { 'word/vbaProject.bin': 'x' }), macros],
  ['an XLSX with old macros', office('xl', { 'xl/macrosheets/sheet1.xml': 'x' }), macros],
  ['a DOCX with ActiveX', office('word', { 'word/activeX/activeX1.bin': 'x' }), macros],
  ['an ODT with macros', packed(odt, { 'Basic/Standard/Module1.xml': 'x' }), macros],
  ['an ASiC-E with a program', packed(asice, { 'cai-dat.exe': 'MZ' }), runs],
  [
    'an old Word document',
    latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
    expect.stringContaining('old'),
  ],
  ['a zip of anything', aZip({ 'a.pdf': '%PDF' }), strange],
  ['a zip that says it is something else', packed('application/epub+zip'), strange],
  ['RAR', latin('Rar!\x1a\x07\0'), strange],
  ['noise', latin('\x01\x02\xfe\xff'), strange],
  ['text with half a character', Buffer.concat([Buffer.from('Tờ'), latin('\xe1')]), strange],
  ['text of another encoding', Buffer.from('\ufeffTờ khai', 'utf16le'), strange],
]

describe('types of files', () => {
  it.each(cases)('by content: %s', (_, bytes, found) => {
    expect(typeOf(bytes)).toEqual(found)
  })

  it('are the same however the bytes come in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.nat(20_000),
        fc.integer({ min: 1, max: 5000 }),
        ([, bytes, found], spaces, length) => {
          // Longer than what is kept of the beginning: entries of a zip far from it are found too.
          const zip = bytes.toString('latin1', 0, 2) === 'PK' && spaces > 0
          const whole = zip ? Buffer.concat([bytes, Buffer.alloc(spaces)]) : bytes
          expect(typeOf(whole, length)).toEqual(found)
        },
      ),
    )
  })

  it('find a macro however far behind', () => {
    const far = office('word', {
      'word/media/a.png': 'x'.repeat(300_000),
      'word/vbaProject.bin': 'x',
    })
    expect(typeOf(far, 65_536)).toBe(macros)
    expect(typeOf(far, 7)).toBe(macros)
  })

  it('never fail on any bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'PK\x03\x04', 'PK\x01\x02', '<', '0\x80', '%PDF-', 'mimetype'),
        fc.uint8Array({ maxLength: 6000 }),
        (start, rest) => {
          expect(typeOf(Buffer.concat([latin(start), rest]), 999)).not.toBe('')
        },
      ),
    )
  })

  it.each([
    ['application/pdf', 'don.pdf', undefined],
    ['application/octet-stream', 'DON.PDF', undefined],
    [undefined, 'đơn', undefined],
    ['image/png', 'don.pdf', 'not what was declared'],
    ['application/pdf', 'don.pdf.exe', 'must end in .pdf'],
    ['application/pdf', 'don.png', 'must end in .pdf'],
  ])('a PDF said to be %s and called %s', (claim, name, wrong) => {
    const type = { mediaType: 'application/pdf', extensions: ['pdf'] }
    const found = mismatchOf(type, name, claim)?.en
    if (wrong === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(wrong)
  })

  it.each(['', ' ', '.', '..', 'a/b', 'a\\b', 'a\nb', 'a\u202efdp.exe', 'a\0', 'x'.repeat(201)])(
    'no name of a file: %j',
    (name) => {
      expect(isFileName(name)).toBe(false)
    },
  )

  it('takes the names that people give', () => {
    for (const name of ['Giấy tờ (bản 2).pdf', 'a', 'CCCD – mặt trước.jpg', '.pdf'])
      expect(isFileName(name)).toBe(true)
  })
})
