import {
  type ConnectorError,
  type IncomingMessage,
  type tthcSystem,
  unknown,
} from '../../../src/connector/index.ts'

/**
 * One changed dossier → its snapshot, then its steps, one message for each version that wrote some.
 * Pure. Event ids come from dossier code and version, so whatever is read twice is a duplicate; the
 * dossier itself is checked when it is accepted, so that a bad one does not hold up its page.
 */
export function changeMessages(
  source: string,
  item: tthcSystem.ChangesPageItem,
): readonly IncomingMessage[] {
  if (item.dossier.code !== item.code) throw otherDossier()
  const snapshot: IncomingMessage = {
    source,
    eventId: `${item.code}.v${item.version}`,
    type: 'vn.tthc.dossier.upserted.v1',
    subject: item.code,
    time: item.updatedAt,
    data: { dossier: item.dossier },
  }
  const versions = new Map<number, tthcSystem.ChangesPageStep[]>()
  for (const step of item.steps) {
    const known = versions.get(step.version)
    if (known) known.push(step)
    else versions.set(step.version, [step])
  }
  const progress = [...versions].map(
    ([version, steps]): IncomingMessage => ({
      source,
      eventId: `${item.code}.v${version}.steps`,
      type: 'vn.tthc.dossier.progressed.v1',
      subject: item.code,
      time: steps.at(-1)?.at ?? item.updatedAt,
      data: { code: item.code, steps: steps.map(({ version: _own, ...step }) => step) },
    }),
  )
  return [snapshot, ...progress]
}

const otherDossier = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Phần mềm một cửa trả hồ sơ mang mã khác với mã của dòng.',
      en: 'The TTHC system returned a dossier whose code differs from its row.',
    },
  })
