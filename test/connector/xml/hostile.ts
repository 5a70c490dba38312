/** Documents that must be refused, each with the word for why. */
import type { XmlFault } from '../../../src/connector/xml/index.ts'

type Hostile = readonly [name: string, document: () => string | Uint8Array, reason: XmlFault]

const repeat = (piece: string, count: number): string => piece.repeat(count)
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  )
const utf16 = (text: string, order: 'le' | 'be'): Uint8Array => {
  const little = Buffer.from(text, 'utf16le')
  return order === 'le'
    ? Buffer.concat([Buffer.from([0xff, 0xfe]), little])
    : Buffer.concat([Buffer.from([0xfe, 0xff]), little.swap16()])
}

const doctypes: readonly Hostile[] = [
  ['an empty doctype', () => '<!DOCTYPE a><a/>', 'doctype'],
  ['an internal subset', () => '<!DOCTYPE a [<!ELEMENT a ANY>]><a/>', 'doctype'],
  [
    'a file as entity',
    () => '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    'doctype',
  ],
  [
    'an address as entity',
    () => '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><a>&x;</a>',
    'doctype',
  ],
  ['an external subset', () => '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', 'doctype'],
  [
    'a public external subset',
    () => '<!DOCTYPE a PUBLIC "-//X//Y" "http://127.0.0.1:9/a.dtd"><a/>',
    'doctype',
  ],
  [
    'a parameter entity',
    () => '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/">%x;]><a/>',
    'doctype',
  ],
  ['an unparsed entity', () => '<!DOCTYPE a [<!ENTITY x SYSTEM "a" NDATA n>]><a/>', 'doctype'],
  ['a notation', () => '<!DOCTYPE a [<!NOTATION n SYSTEM "calc.exe">]><a/>', 'doctype'],
  ['default attributes', () => '<!DOCTYPE a [<!ATTLIST a role CDATA "admin">]><a/>', 'doctype'],
  ['a declaration in small letters', () => '<!doctype a><a/>', 'doctype'],
  ['a declaration behind a comment', () => '<!-- - --><!DOCTYPE a><a/>', 'doctype'],
  ['a declaration behind an instruction', () => '<?go on?><!DOCTYPE a><a/>', 'doctype'],
  [
    'a declaration behind the XML declaration',
    () => '<?xml version="1.0"?>\n<!DOCTYPE a><a/>',
    'doctype',
  ],
  [
    'a declaration behind a byte order mark',
    () => bytes([0xef, 0xbb, 0xbf], '<!DOCTYPE a><a/>'),
    'doctype',
  ],
  [
    'a declaration that never ends',
    () => `<!DOCTYPE a [${repeat('<!ENTITY x "y">', 100_000)}`,
    'doctype',
  ],
  [
    'a billion laughs',
    () =>
      `<!DOCTYPE l [<!ENTITY l "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${repeat(`&l${n || ''};`, 10)}">`).join('')}]><l>&l9;</l>`,
    'doctype',
  ],
  [
    'a quadratic blow-up',
    () => `<!DOCTYPE a [<!ENTITY x "${repeat('x', 50_000)}">]><a>${repeat('&x;', 40_000)}</a>`,
    'doctype',
  ],
  [
    'entities that need each other',
    () => '<!DOCTYPE a [<!ENTITY x "&y;"><!ENTITY y "&x;">]><a>&x;</a>',
    'doctype',
  ],
]

const heavy: readonly Hostile[] = [
  ['more bytes than allowed', () => `<a>${repeat('x', 11 * 1024 * 1024)}</a>`, 'too-large'],
  ['a great many blanks', () => `${repeat(' ', 11 * 1024 * 1024)}<a/>`, 'too-large'],
  [
    'a million numeric references',
    () => `<a>${repeat('&#65;', 1_000_000)}</a>`,
    'too-many-references',
  ],
  [
    'a million hexadecimal references',
    () => `<a>${repeat('&#x41;', 1_000_000)}</a>`,
    'too-many-references',
  ],
  [
    'a million named references',
    () => `<a>${repeat('&amp;', 1_000_000)}</a>`,
    'too-many-references',
  ],
  [
    'references in an attribute',
    () => `<a b="${repeat('&lt;', 1_000_000)}"/>`,
    'too-many-references',
  ],
  [
    'elements ten thousand deep',
    () => `${repeat('<a>', 10_000)}${repeat('</a>', 10_000)}`,
    'too-deep',
  ],
  ['elements a million deep, never closed', () => repeat('<a>', 1_000_000), 'too-many-elements'],
  ['elements one too deep', () => `${repeat('<a>', 65)}${repeat('</a>', 65)}`, 'too-deep'],
  ['a million elements', () => `<a>${repeat('<b/>', 1_000_000)}</a>`, 'too-many-elements'],
  [
    'a million elements with content',
    () => `<a>${repeat('<b>x</b>', 1_000_000)}</a>`,
    'too-many-elements',
  ],
  [
    'a million attributes',
    () => `<a ${Array.from({ length: 500_000 }, (_, n) => `b${n}="1"`).join(' ')}/>`,
    'too-many-attributes',
  ],
  [
    'one attribute too many',
    () => `<a ${Array.from({ length: 65 }, (_, n) => `b${n}="1"`).join(' ')}/>`,
    'too-many-attributes',
  ],
  [
    'a great many namespaces',
    () => `<a ${Array.from({ length: 50_000 }, (_, n) => `xmlns:n${n}="u:${n}"`).join(' ')}/>`,
    'too-many-attributes',
  ],
]

const encodings: readonly Hostile[] = [
  ['UTF-16, small end first', () => utf16('<a/>', 'le'), 'not-utf-8'],
  [
    'UTF-16, big end first',
    () => utf16('<?xml version="1.0" encoding="UTF-16"?><a/>', 'be'),
    'not-utf-8',
  ],
  ['a declared UTF-7', () => '<?xml version="1.0" encoding="UTF-7"?><a/>', 'not-utf-8'],
  ['a declared ISO-8859-1', () => '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'not-utf-8'],
  ['a declared EBCDIC', () => '<?xml version="1.0" encoding="IBM037"?><a/>', 'not-utf-8'],
  ['an overlong form of <', () => bytes('<a>', [0xc0, 0xbc], '</a>'), 'not-utf-8'],
  ['half of a character', () => bytes('<a>', [0xe1, 0xbb], '</a>'), 'not-utf-8'],
  ['a surrogate in UTF-8', () => bytes('<a>', [0xed, 0xa0, 0x80], '</a>'), 'not-utf-8'],
  ['bytes of Windows-1258', () => bytes('<a>Nguy', [0xea, 0xf5], 'n</a>'), 'not-utf-8'],
  ['XML 1.1', () => '<?xml version="1.1"?><a/>', 'not-well-formed'],
]

const broken: readonly Hostile[] = [
  ['nothing', () => '', 'not-well-formed'],
  ['blanks only', () => ' \n', 'not-well-formed'],
  ['no element', () => '<!-- a -->', 'not-well-formed'],
  ['JSON', () => '{"a": 1}', 'not-well-formed'],
  ['a page of HTML', () => '<html><body><br><p>Bảo trì</body></html>', 'not-well-formed'],
  ['half a document', () => '<a><b>', 'not-well-formed'],
  ['a wrong end', () => '<a><b></a></b>', 'not-well-formed'],
  ['two roots', () => '<a/><b/>', 'not-well-formed'],
  ['text behind the root', () => '<a/>x', 'not-well-formed'],
  ['text before the root', () => 'x<a/>', 'not-well-formed'],
  ['an attribute twice', () => '<a b="1" b="2"/>', 'not-well-formed'],
  [
    'an attribute twice by namespaces',
    () => '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>',
    'not-well-formed',
  ],
  [
    'an attribute in two namespaces',
    () => '<a xmlns:x="u" x:b="1" b="2"/>',
    'ambiguous-attributes',
  ],
  ['an attribute without quotes', () => '<a b=1/>', 'not-well-formed'],
  ['an attribute without value', () => '<a b/>', 'not-well-formed'],
  ['< in an attribute', () => '<a b="<"/>', 'not-well-formed'],
  ['an unknown entity', () => '<a>&nbsp;</a>', 'not-well-formed'],
  ['a bare ampersand', () => '<a>Thu & Thử</a>', 'not-well-formed'],
  ['a reference to NUL', () => '<a>&#0;</a>', 'not-well-formed'],
  ['a reference to a surrogate', () => '<a>&#xD800;</a>', 'not-well-formed'],
  ['a reference beyond Unicode', () => '<a>&#x110000;</a>', 'not-well-formed'],
  ['a reference without number', () => '<a>&#;</a>', 'not-well-formed'],
  ['a NUL', () => '<a>\0</a>', 'not-well-formed'],
  ['a control character', () => '<a>\u0008</a>', 'not-well-formed'],
  ['an unbound prefix', () => '<x:a/>', 'not-well-formed'],
  ['xml bound to another namespace', () => '<a xmlns:xml="u"/>', 'not-well-formed'],
  ['xmlns as prefix of an element', () => '<xmlns:a/>', 'not-well-formed'],
  ['a CDATA section that never ends', () => '<a><![CDATA[x</a>', 'not-well-formed'],
  ['the end of CDATA in text', () => '<a>]]></a>', 'not-well-formed'],
  ['two hyphens in a comment', () => '<a><!-- -- --></a>', 'not-well-formed'],
  ['a comment that never ends', () => '<a><!-- </a>', 'not-well-formed'],
  [
    'a second XML declaration',
    () => '<?xml version="1.0"?><?xml version="1.0"?><a/>',
    'not-well-formed',
  ],
  ['a name that begins with a digit', () => '<1a/>', 'not-well-formed'],
]

export const hostile: readonly Hostile[] = [...doctypes, ...heavy, ...encodings, ...broken]
