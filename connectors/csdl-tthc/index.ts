/** Cơ sở dữ liệu quốc gia về TTHC: the catalogue of procedures, over the portal's public read API. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  permanent,
} from '../../src/connector/index.ts'
import { createProcedureClient } from './client.ts'
import { pullProcedures } from './listing.ts'
import { readOptions } from './options.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createProcedureClient(context, options)
  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'call',
          passed: {
            vi: 'Đọc được trang đầu của danh sách thủ tục.',
            en: 'The first page of the list of procedures can be read.',
          },
          ask: () => client.list(client.first, signal).then(() => undefined),
        },
      ]),
    pull(request, signal) {
      if (request.operation !== 'procedures') throw permanent('operation-missing')
      return pullProcedures({ context, client, options }, request, signal)
    },
    async close() {},
  }
}

export default createConnector
