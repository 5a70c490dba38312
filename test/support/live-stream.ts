/** Somebody who listens to what changes, as a program would. */
import { type IncomingHttpHeaders, request } from 'node:http'

export interface LiveStream {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Topics of the events so far, in their order. */
  readonly events: readonly (readonly string[])[]
  /** All that was sent. */
  readonly text: () => string
  /** When the hub has ended it. */
  readonly ended: Promise<void>
  close(): void
}

export const listen = (
  address: string,
  headers: Readonly<Record<string, string>>,
  query = '',
): Promise<LiveStream> =>
  new Promise((resolve, reject) => {
    const asked = request(`${address}/api/v1/live${query}`, { headers, agent: false })
    asked.on('error', reject)
    asked.on('response', (response) => {
      let text = ''
      const events: string[][] = []
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
        for (const [, data = ''] of piece.matchAll(/^event: changed\ndata: (.*)$/gm))
          events.push((JSON.parse(data) as { topics: string[] }).topics)
      })
      const ended = new Promise<void>((done) => response.on('close', done))
      const { statusCode: status = 0 } = response
      resolve({
        ...{ status, headers: response.headers, events, text: () => text, ended },
        close: () => asked.destroy(),
      })
    })
    asked.end()
  })
