import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  childAt,
  childrenNamed,
  readSoap,
  readXml,
  soapEnvelope,
  textAt,
  XmlError,
  xml,
  xmlDocument,
} from '../../../src/connector/xml/index.ts'
import { forkScript, nextMessage } from '../../support/fork-script.ts'
import { hostile } from './hostile.ts'
import type { Cost } from './hostile-child.ts'

const read = (text: string) => readXml(Buffer.from(text))
const limitMs = 100
const limitBytes = 64 * 1024 * 1024

function reading() {
  it('gives names, namespaces, attributes, children and texts', () => {
    const root = read(
      '<?xml version="1.0" encoding="utf-8"?><!-- x --><h:a xmlns:h="urn:h" b="1&amp;2" h:c="&#x1EC5;">Ngu<b/>yễ<![CDATA[<n>]]></h:a>',
    )
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:h', text: 'Nguyễ<n>' })
    expect({ ...root.attributes }).toEqual({ b: '1&2', c: 'ễ' })
    expect(root.children.map(({ name, namespace }) => [name, namespace])).toEqual([['b', '']])
  })

  it('reads over a byte order mark, and keeps what is no instruction for it', () => {
    expect(readXml(Buffer.from('\ufeff<a><?php x ?>y</a>')).text).toBe('y')
  })

  it('takes a document of as much as is allowed', () => {
    const rows = '<r><v>Nguyễn Văn Thử</v></r>'.repeat(20_000)
    expect(read(`<a>${rows}</a>`).children).toHaveLength(20_000)
    expect(read(`${'<a>'.repeat(64)}${'</a>'.repeat(64)}`).name).toBe('a')
  })

  it('finds its way by local names', () => {
    const root = read('<a><b><c> x </c></b><b/><c/></a>')
    expect(textAt(root, 'b', 'c')).toBe('x')
    expect(textAt(root, 'c')).toBeUndefined()
    expect(textAt(root, 'b', 'd', 'e')).toBeUndefined()
    expect(childAt(root)).toBe(root)
    expect(childrenNamed(root, 'b')).toHaveLength(2)
  })

  it('never has a member of the prototype for an attribute', () => {
    const { attributes } = read('<a __proto__="x" constructor="y"/>')
    expect(Object.keys(attributes)).toEqual(['__proto__', 'constructor'])
    expect(read('<a/>').attributes.toString).toBeUndefined()
  })
}

function refusing() {
  it('has a corpus of at least sixty', () => {
    expect(hostile.length).toBeGreaterThanOrEqual(60)
    expect(new Set(hostile.map(([name]) => name)).size).toBe(hostile.length)
  })

  it.each(hostile)('refuses %s', (_, make, reason) => {
    const document = make()
    const bytes = typeof document === 'string' ? Buffer.from(document) : document
    let fastest = Number.POSITIVE_INFINITY
    // A machine may pause in any one of them.
    for (let tries = 0; tries < 5 && fastest > limitMs; tries++) {
      const from = performance.now()
      let thrown: unknown
      try {
        readXml(bytes)
      } catch (error) {
        thrown = error
      }
      fastest = Math.min(fastest, performance.now() - from)
      expect(thrown).toBeInstanceOf(XmlError)
      expect((thrown as XmlError).reason).toBe(reason)
    }
    expect(fastest).toBeLessThan(limitMs)
  })

  it('needs little memory for any of them, at its peak', async () => {
    const costs = await nextMessage<Cost[]>(forkScript('test/connector/xml/hostile-child.ts'))
    expect(costs.map(({ name }) => name)).toEqual(hostile.map(([name]) => name))
    // No peak at all would mean that nothing was measured.
    expect(costs.some(({ bytes }) => bytes > 0)).toBe(true)
    expect(costs.filter(({ bytes }) => !(bytes < limitBytes))).toEqual([])
  })

  it('throws nothing else whatever comes', () => {
    const pieces = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        'a',
        '<a',
        '</a>',
        '<!',
        '[',
        ']',
        '-',
        '--',
        '&',
        ';',
        '#',
        'x',
        '="',
        '"',
        ' ',
      ],
      ...['<?', '?>', 'xml', 'DOCTYPE', 'CDATA', ':', 'xmlns', '\0', '\ud800', 'ễ', '<a>', '<!--'],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          readXml(Buffer.from(parts.join('')))
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError)
        }
      }),
      { numRuns: Number(process.env.XML_RUNS ?? 3_000) },
    )
  })
}

function writing() {
  it('reads what it wrote, whatever the text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 50 }).filter((one) => {
      try {
        xml('a', {}, one)
        return true
      } catch {
        return false
      }
    })
    fc.assert(
      fc.property(text, text, (content, attribute) => {
        const root = read(xmlDocument(xml('a', { b: attribute }, content)))
        expect(root.text).toBe(content)
        expect(root.attributes.b).toBe(attribute)
      }),
    )
  })

  it('leaves out what is absent, and keeps what is empty', () => {
    const parts = [xml('b', {}, undefined), xml('c', {}, ''), xml('d', {}, 0)]
    expect(String(xml('a', {}, parts))).toBe('<a><c/><d>0</d></a>')
  })

  it.each(['\u0000', '\u001b', '\ufffe', '\ud800', 'a\udc00'])('refuses %j', (text) => {
    expect(() => xml('a', {}, text)).toThrow(expect.objectContaining({ code: 'mapping-failed' }))
    expect(() => xml('a', { b: text }, '')).toThrow(
      expect.objectContaining({ code: 'mapping-failed' }),
    )
  })

  it('takes no name that is none', () => {
    expect(() => xml('a b', {}, '')).toThrow('a b')
    expect(() => xml('a', { 'x="': '' }, '')).toThrow('x="')
  })
}

function soap() {
  it.each(['1.1', '1.2'] as const)('reads the envelope it wrote: %s', (version) => {
    const answer = readSoap(read(soapEnvelope(version, [xml('Hoi', {}, 'x')], [xml('H', {}, 'y')])))
    expect(answer).toMatchObject({ kind: 'body', body: { children: [{ name: 'Hoi', text: 'x' }] } })
  })

  it('tells a fault of either version', () => {
    const old = read(
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Sai</faultstring></s:Fault></s:Body></s:Envelope>',
    )
    expect(readSoap(old)).toEqual({ kind: 'fault', code: 's:Client', reason: 'Sai' })
    const newer = read(
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>Sai</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>',
    )
    expect(readSoap(newer)).toEqual({ kind: 'fault', code: 's:Sender', reason: 'Sai' })
  })

  it.each([
    '<Envelope><Body/></Envelope>',
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>',
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/><s:Body/></s:Envelope>',
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><Body/></s:Envelope>',
    '<html/>',
  ])('takes nothing else for an envelope: %s', (text) => {
    expect(readSoap(read(text))).toBeUndefined()
  })
}

describe('xml', () => {
  describe('reading', reading)
  describe('refusing', refusing)
  describe('writing', writing)
  describe('soap', soap)
})
