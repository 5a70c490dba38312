/**
 * The gateway of remote signatures in miniature: a bearer, people with certificates, files that come back
 * with a mark of the certificate behind them. What it refuses it answers without `data`; a request has
 * `sign_files` and its answer `signFiles`. It holds who has which certificate: subject → certificates.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const bearer = 'Bearer not-a-real-token'

interface Certificate {
  readonly cert_id: string
  readonly cert_data: string
  readonly serial_number: string
}
interface Question {
  readonly user_id?: string
  readonly ca_name?: string
  readonly cert_data?: string
  readonly serial_number?: string
  readonly transaction_id?: string
  readonly sign_files?: readonly { doc_id: string; file_name: string; file_base64: string }[]
}

/** Status 200 around a code of its own, and no `data`. */
const refused = (status_code: number, message: string): SimulatorAnswer => ({
  body: { status_code, message },
})

const createSimulator: CreateSimulator = (options) => {
  const people = new Map(options.state ?? []) as Map<string, readonly Certificate[]>
  const certificatesOf = ({ user_id = '', ca_name = '' }: Question) =>
    people.get(`${user_id} ${ca_name}`)

  const certificates = (question: Question): SimulatorAnswer => {
    const transaction_id = 'giao-dich-0001'
    const found = (certificatesOf(question) ?? []).map((one) => ({ ...one, transaction_id }))
    return {
      body: { status_code: 200, message: 'OK', data: { transaction_id, user_certificates: found } },
    }
  }

  const sign = (question: Question): SimulatorAnswer => {
    const { serial_number, cert_data, transaction_id, sign_files = [] } = question
    const owned = certificatesOf(question)?.some(
      (one) => one.serial_number === serial_number && one.cert_data === cert_data,
    )
    const [file, another] = sign_files
    if (!owned) return refused(404, 'Không tìm thấy chứng thư số')
    if (!file || another || !transaction_id) return refused(400, 'Yêu cầu không hợp lệ')
    const content = Buffer.from(file.file_base64, 'base64')
    const signature = Buffer.from(`\n%signed ${serial_number}`)
    const signed = Buffer.concat([content, signature]).toString('base64')
    const data = {
      ...{ status_code: 200, message: 'OK', serial_number, transaction_id },
      signFiles: [{ ...file, file_base64: signed }],
    }
    return { body: { status_code: 200, message: 'OK', data } }
  }

  const ask = (
    request: SimulatorRequest,
    run: (question: Question) => SimulatorAnswer,
  ): SimulatorCall => ({
    kind: 'read',
    run: () => {
      if (request.headers.authorization !== bearer) return { status: 401, body: {} }
      return run(request.json() as Question)
    },
    refuse: () => refused(400, 'Yêu cầu bị từ chối'),
    unknownWords: () => ({ body: { status_code: 299, message: 'Đã đưa vào hàng chờ' } }),
  })

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'refuse', 'busy', 'rate-limit'] as const),
      ...(['html-200', 'half-body', 'server-error', 'reset-before', 'unknown-words'] as const),
    ],
    state: () => people,
    handle(request) {
      if (request.method === 'POST' && request.path === '/esign/get_certificate')
        return ask(request, certificates)
      if (request.method === 'POST' && request.path === '/esign/sign_file')
        return ask(request, sign)
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
}

export default createSimulator
