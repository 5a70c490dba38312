/** Everything a connector may import from the hub. */

export type { ErrorCode, Fault, Words } from '../domain/errors.ts'
export type { IncomingMessage, Message, Receipt } from '../domain/message.ts'
export type { Confirmation, Evidence, Follow, Memo, Outcome, Verdict } from '../domain/outcome.ts'
export { errorForStatus, evidenceOf, expectSuccess, retryAfterMs } from './answers.ts'
export type { CheckQuestion } from './check.ts'
export { accountQuestion, checkInSteps } from './check.ts'
export { cloudEventOf } from './cloud-event.ts'
export type * from './contract.ts'
export type { Credentials, SignedRequest } from './credentials/credentials.ts'
export { createCredentials } from './credentials/credentials.ts'
export type { CredentialOptions } from './credentials/styles.ts'
export { oauth2 } from './credentials/tokens.ts'
export { readCursor, rewoundMark } from './cursor.ts'
export type { DayForm, MonthForm, TimeForm } from './dates.ts'
export {
  formatDay,
  formatMonth,
  formatTime,
  isZeroDate,
  parseDay,
  parseMonth,
  parseTime,
  parseTimeByLook,
  toVietnamTime,
  withoutZeroDate,
  zeroDate,
} from './dates.ts'
export type * from './door.ts'
export { ConnectorError, later, permanent, unauthorised, unknown } from './errors.ts'
export type { ConnectorFiles, FileFacts, OpenFile } from './files.ts'
export { base64Length, base64Of, bytesOfBase64, fileContent, splitAtFiles } from './files.ts'
export type { FollowedReading, FollowedRecord, Submitted } from './followed.ts'
export {
  confirmFollowed,
  digest,
  isAboutRecord,
  pageOfFollowed,
  readFollowed,
  sendFollowed,
} from './followed.ts'
export type * from './generated/index.ts'
export type { HttpClient, HttpRequest, HttpResponse } from './http.ts'
export { mayGoOn } from './last-look.ts'
export type { AdapterAddress, AdapterAddressOptions } from './mapi/address.ts'
export { adapterAddressDefaults, createAdapterAddress } from './mapi/address.ts'
export type {
  MapiAccount,
  MapiAddress,
  MapiCall,
  MapiClient,
  MapiOptions,
  MapiReply,
} from './mapi/client.ts'
export { createMapiClient, createMapiClientAt, mapiDefaults } from './mapi/client.ts'
export type { MapiVerdict, SayMapi, SimulatorMapi } from './mapi/simulator.ts'
export { createSimulatorMapi } from './mapi/simulator.ts'
export type { MapiMeaning } from './mapi/wordings.ts'
export { meaningOf as mapiMeaningOf } from './mapi/wordings.ts'
export type {
  Asked,
  Caller,
  ConfiguredCall,
  ConfiguredOptions,
  Judge,
  Judged,
  Mapping,
  MappingRow,
  RecordPull,
  RecordToTake,
} from './mapping/index.ts'
export {
  createConfigured,
  createJudge,
  createMapping,
  fillTemplate,
  mappingOf,
  messageOf,
  messageOrUnread,
  messagesOf,
  namedParts,
  readOr,
  readPointer,
  subjectOf,
  timeOf,
} from './mapping/index.ts'
export type { Outgoing } from './outgoing.ts'
export type { PagedSource } from './page-walk.ts'
export { walkPages } from './page-walk.ts'
export type { RemoteRecord } from './records.ts'
export { field, withoutAbsent } from './records.ts'
export type { Session, SessionRules, Token } from './session.ts'
export type * from './simulator.ts'
export { simulatorModes } from './simulator.ts'
export { createModePlan, createRecord } from './simulator-behaviour.ts'
export type { SimulatorAnswer, SimulatorCall, SimulatorItem } from './simulator-call.ts'
export type { SimulatedSystem, SimulatorRequest } from './simulator-server.ts'
export { createSimulatorServer } from './simulator-server.ts'
export { createSimulatorSockets } from './simulator-sockets.ts'
export type { SimulatorTokens } from './simulator-tokens.ts'
export { createSimulatorTokens } from './simulator-tokens.ts'
export type { Wordings } from './text.ts'
export { createWordings, fold, nfc, sameText } from './text.ts'
export type { Markup, SoapVersion, XmlElement, XmlWithFiles } from './xml/index.ts'
export {
  childAt,
  childrenNamed,
  elementsOf,
  isXmlMember,
  readSoap,
  readXml,
  readXmlRecords,
  readXmlWithFiles,
  recordOf,
  soapEnvelope,
  textAt,
  XmlError,
  xml,
  xmlDocument,
} from './xml/index.ts'
