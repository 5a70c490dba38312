/** A configuration that is to be tried: the one in force, with parts of it replaced. */
import type { CodeRow, Configuration } from '../../domain/configuration.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import { pointerTo } from './config-fault.ts'
import { foundFiles } from './draft.ts'
import type { ConfigLaw } from './law.ts'
import { readConfig } from './read-files.ts'
import { codeTableText, toFiles } from './to-files.ts'

/** Without a bound: it holds for ever. */
type CandidateRow = Pick<CodeRow, 'canonical' | 'remote'> & Partial<CodeRow>

const always = { validFrom: '', validTo: '' }

/** Systems and jobs as their files say them, code tables by name; each takes the place of the one of its id. */
export interface CandidateParts {
  readonly systems?: readonly Readonly<Record<string, unknown>>[]
  readonly jobs?: readonly Readonly<Record<string, unknown>>[]
  readonly codes?: Readonly<Record<string, readonly CandidateRow[]>>
}

/**
 * Judged by the law of configuration files, as a whole. Throws `request-invalid` with every fault, by its place
 * in `/configuration`; what the parts make wrong elsewhere is told by its file.
 */
export function readCandidate(
  inForce: Configuration | undefined,
  { systems = [], jobs = [], codes = {} }: CandidateParts,
  law: ConfigLaw,
): Configuration {
  if (!inForce) throw new HubError('not-found')
  const texts = new Map(toFiles(inForce))
  const places = new Map<string, string>()
  const faults: Fault[] = []
  for (const [folder, parts] of Object.entries({ systems, jobs }))
    for (const [index, part] of parts.entries()) {
      const place = pointerTo('configuration', folder, index)
      const file = `${folder}/${typeof part.id === 'string' ? part.id : ''}.yaml`
      if (!idForm.test(file)) faults.push({ pointer: `${place}/id`, rule: 'id', ...noId })
      else if (places.has(file)) faults.push({ pointer: `${place}/id`, rule: 'id', ...twice })
      // JSON is YAML.
      texts.set(file, JSON.stringify(part))
      places.set(file, place)
    }
  for (const [table, rows] of Object.entries(codes)) {
    texts.set(`codes/${table}.csv`, codeTableText(rows.map((row) => ({ ...always, ...row }))))
    places.set(`codes/${table}.csv`, pointerTo('configuration', 'codes', table))
  }
  if (faults.length > 0) throw new HubError('request-invalid', { faults })
  const reading = readConfig(foundFiles(texts), law)
  if (reading.ok) return reading.configuration
  throw new HubError('request-invalid', {
    faults: reading.faults.map(({ file, pointer, rule, vi, en }) => {
      const place = places.get(file)
      return place === undefined
        ? {
            pointer: '/configuration',
            rule,
            vi: `${file} ${pointer}: ${vi}`,
            en: `${file} ${pointer}: ${en}`,
          }
        : { pointer: place + pointer, rule, vi, en }
    }),
  })
}

const idForm = /^(?:systems|jobs)\/[a-z0-9][a-z0-9-]{0,62}\.yaml$/
const noId = { vi: 'Thiếu mã, hoặc mã sai dạng.', en: 'There is no id, or not in its form.' }
const twice = { vi: 'Mã này đã có ở trên.', en: 'This id stands above already.' }
