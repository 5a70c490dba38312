/** Reads a mail of one text part as a mail program would: RFC 5322, 2045, 2047. */

export interface ReadMail {
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

export function readMail(content: Buffer): ReadMail {
  const all = content.toString('latin1')
  const end = all.indexOf('\r\n\r\n')
  const head = end < 0 ? all : all.slice(0, end)
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())] as const
    }),
  )
  const body = end < 0 ? '' : all.slice(end + 4)
  const bytes = decode(body, headers.get('content-transfer-encoding')?.toLowerCase() ?? '7bit')
  return { headers, text: bytes.toString('utf8').replace(/\r\n/g, '\n').replace(/\n$/, '') }
}

function decode(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding === 'quoted-printable') return quotedPrintable(body.replace(/=\r\n/g, ''))
  return Buffer.from(body, 'latin1')
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  )

/** Encoded words; blanks between two of them mean nothing. */
const words = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?utf-8\?[BQ]\?[^?]*\?=)+/gi, (run) =>
      Buffer.concat(
        [...run.matchAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi)].map(([, kind = '', word = '']) =>
          kind.toUpperCase() === 'B'
            ? Buffer.from(word, 'base64')
            : quotedPrintable(word.replaceAll('_', ' ')),
        ),
      ).toString('utf8'),
    )
