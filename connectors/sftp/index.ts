/** Any file server over SFTP, by configuration alone. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  createMapping,
  namedParts,
} from '../../src/connector/index.ts'
import { createSftpClient } from './client.ts'
import { contentMaker } from './content.ts'
import { createHeld } from './held.ts'
import { readOptions } from './options.ts'
import { pullPage } from './pull.ts'
import { confirmFile, sendFile } from './push.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const { pulls = [], operations = [] } = options
  const client = createSftpClient(context, options)
  const held = createHeld()
  const sources = namedParts(pulls, (pull) => ({
    ...{ context, client, held, pull },
    data: createMapping(pull.message.data, 'toCanonical', context),
  }))
  const targets = namedParts(operations, (push) => ({
    ...{ client, push },
    make: contentMaker(context, push),
  }))
  const folders = [
    ...pulls.flatMap(({ folder, done, bad }) => [folder, done, bad]),
    ...operations.map(({ folder }) => folder),
  ].filter((folder) => folder !== undefined)

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.visit(signal, async () => undefined)),
        {
          name: 'call',
          passed: {
            vi: 'Mọi thư mục đã cấu hình đều có và đọc được; không ghi gì.',
            en: 'Every configured folder is there and can be read; nothing was written.',
          },
          ask: () =>
            client.visit(signal, async (visit) => {
              for (const folder of new Set(folders)) await visit.list(folder)
              return undefined
            }),
        },
      ]),
    ...(operations.length > 0 && {
      send: (delivery, signal) => sendFile(targets(delivery.operation), delivery, signal),
      confirm: (delivery, signal) => confirmFile(targets(delivery.operation), delivery, signal),
    }),
    ...(pulls.length > 0 && {
      pull: (request, signal) => pullPage(sources(request.operation), request, signal),
    }),
    close: held.close,
  }
}

export default createConnector
