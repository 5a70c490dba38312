/** A mail as it was asked for, to a mail as it leaves. Pure. */
import { createHash } from 'node:crypto'
import { type hub, nfc, type OutgoingDelivery, permanent } from '../../src/connector/index.ts'
import type { MailOptions } from './options.ts'

/** Checked by `smtp/mail/v1` before it leaves. */
export interface Mail {
  readonly from: string
  readonly fromName?: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly date: string
}

export function mailOf(delivery: OutgoingDelivery, options: MailOptions): Mail {
  const { to, subject, text } = delivery.message.data as hub.MailRequested
  const domain = domainOf(to)
  if (!options.allowedDomains.includes(domain)) throw outsider()
  return {
    from: options.from,
    ...(options.fromName !== undefined && { fromName: nfc(options.fromName) }),
    to,
    subject: nfc(subject),
    text: nfc(text),
    messageId: `<${idOf(delivery.idempotencyKey)}@${domainOf(options.from)}>`,
    // Of the request, not of the attempt: what is sent again is the same mail.
    date: delivery.message.time,
  }
}

const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** Every key has its own; one that cannot stand in a header as it is, by its hash. */
const idOf = (key: string): string =>
  /^[A-Za-z0-9_-]{1,100}$/.test(key) ? key : createHash('sha256').update(key).digest('hex')

/** The address is not repeated: it is a person's. */
const outsider = () =>
  permanent('address-forbidden', {
    faults: [
      {
        ...{ pointer: '/to', rule: 'allowed-domains' },
        vi: 'tên miền của người nhận không có trong allowedDomains',
        en: 'the domain of the recipient is not among allowedDomains',
      },
    ],
  })
