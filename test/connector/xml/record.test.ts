import { describe, expect, it } from 'vitest'
import { readXml } from '../../../src/connector/xml/read-xml.ts'
import { elementsOf, isXmlMember, recordOf } from '../../../src/connector/xml/record.ts'
import { xml } from '../../../src/connector/xml/write-xml.ts'

const written = (record: Readonly<Record<string, unknown>>) => elementsOf(record).join('')
const there = (record: Readonly<Record<string, unknown>>) =>
  recordOf(readXml(Buffer.from(xml('a', {}, elementsOf(record)))))

describe('records as XML', () => {
  it('writes members in their order, lists as repeats, attributes and text', () => {
    expect(
      written({
        b: { '@id': '1', c: 'x & <y>', d: ['1', '2'], e: { '@k': 'v', '#text': 'chữ' } },
        f: { g: 5, h: true },
      }),
    ).toBe(
      '<b id="1"><c>x &amp; &lt;y&gt;</c><d>1</d><d>2</d><e k="v">chữ</e></b><f><g>5</g><h>true</h></f>',
    )
  })

  it.each<Readonly<Record<string, unknown>>>([
    { b: 'chữ Việt' },
    { b: ['1', '2', '3'] },
    { b: [{ c: '1' }, { c: '2' }], d: { '@id': '7', '#text': 'x' } },
    { b: '' },
    { b: { '@constructor': 'x', c: { d: ['', ''] } } },
  ])('reads what it wrote: %j', (record) => {
    expect(there(record)).toEqual(record)
  })

  it('gives members of any name as own ones', () => {
    const record = recordOf(readXml(Buffer.from('<a><__proto__>x</__proto__></a>'))) as object
    expect(Object.keys(record)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
  })

  it.each([
    ['hd:CauHoi', true],
    ['@phienBan', true],
    ['#text', true],
    ['1a', false],
    ['a b', false],
    ['a:b:c', false],
    ['@#text', false],
  ])('takes %s for a name of XML: %s', (name, fits) => {
    expect(isXmlMember(name)).toBe(fits)
  })
})
