import { createChaosConnector } from '../../chaos-connector.ts'

export default createChaosConnector('batch')
