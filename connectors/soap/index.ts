/** Any service of SOAP 1.1 or 1.2, by configuration alone. */
import {
  type Connector,
  type CreateConnector,
  createConfigured,
} from '../../src/connector/index.ts'
import { createSoapClient, mustBeXml } from './client.ts'
import type { SoapOptions } from './options.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = context.options as unknown as SoapOptions
  const { check, operations = [], lookups = [] } = options
  const confirms = operations.flatMap(({ confirm }) => (confirm ? [confirm] : []))
  for (const { request } of [check, ...operations, ...confirms, ...lookups]) mustBeXml(request.body)
  return {
    ...createConfigured(context, options, createSoapClient(context, options)),
    async close() {},
  }
}

export default createConnector
