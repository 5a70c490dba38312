/** Any REST/JSON system, by configuration alone. */
import {
  type Connector,
  type CreateConnector,
  createConfigured,
  createJudge,
  createMapping,
  mappingOf,
  namedParts,
  rewoundMark,
} from '../../src/connector/index.ts'
import { createRestClient } from './client.ts'
import type { RestOptions } from './options.ts'
import { pullPage } from './pull.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = context.options as unknown as RestOptions
  const client = createRestClient(context, options)
  const { pulls = [] } = options
  const pages = namedParts(pulls, (pull) => ({
    ...{ context, client, pull },
    judge: createJudge(pull.answers, ['page']),
    body: mappingOf(context, pull.request.body),
    data: createMapping(pull.message.data, 'toCanonical', context),
  }))
  return {
    ...createConfigured(context, options, client),
    ...(pulls.length > 0 && {
      pull: (request, signal) => pullPage(pages(request.operation), request, signal),
      rewind: (_, cursor, to) => rewoundMark(cursor, to),
    }),
    async close() {},
  }
}

export default createConnector
