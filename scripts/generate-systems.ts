/**
 * Writes docs/systems.md from the manifests of the connectors and the examples of invented systems; with --check
 * only says whether the committed file is fresh.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Manifest, manifestFor } from '../src/connector/manifest.ts'

const root = join(import.meta.dirname, '..')
const shelf = join(root, 'connectors')
const examples = 'config/examples'
const exampleProof = 'test/e2e/sector-examples.test.ts'

const contracts: Readonly<Record<Manifest['contract'], string>> = {
  real: 'thật / real',
  generic: 'chung / generic',
  invented: '**tự đặt / invented**',
}

const stages: Readonly<Record<Manifest['stage'], string>> = {
  stable: 'stable',
  beta: 'beta',
  example: 'ví dụ cấu hình / example',
}

const repeats: Readonly<Record<Manifest['operations'][number]['repeat'], string>> = {
  harmless: 'gửi lại vô hại / harmless',
  ask: 'hỏi trước / asked first',
  person: 'chờ người / a person',
}

const code = (text: string): string => `\`${text}\``
const list = (items: readonly string[]): string => (items.length > 0 ? items.join('<br>') : '–')

function directionsOf({ operations, pulls = [], lookups = [], doors }: Manifest): string {
  return [
    ...(operations.length > 0 ? ['→'] : []),
    ...(pulls.length > 0 || doors ? ['←'] : []),
    ...(lookups.length > 0 ? ['?'] : []),
  ].join(' ')
}

/** `home`: the folder with the README. */
function rowOf(manifest: Manifest, home = `connectors/${manifest.id}`): string {
  const { operations, pulls = [], lookups = [], doors } = manifest
  const proof = manifest.proof ?? []
  const missing = proof.filter((path) => !existsSync(join(root, path)))
  if (proof.length === 0 || missing.length > 0)
    throw new Error(
      `${manifest.id}: connector.json must name tests that exist as proof: ${missing}`,
    )
  const cells = [
    `[${manifest.id}](../${home}/README.md)<br>${manifest.title.vi}`,
    directionsOf(manifest),
    list([
      ...operations.map(({ name }) => `→ ${code(name)}`),
      ...pulls.map(({ name }) => `← ${code(name)}`),
      ...(doors ? ['← cửa nhận / doors'] : []),
      ...lookups.map(({ name }) => `? ${code(name)}`),
    ]),
    `${contracts[manifest.contract]}, ${stages[manifest.stage]}`,
    manifest.credentials ?? '–',
    list(operations.filter(({ batch }) => batch).map(({ name }) => code(name))),
    list(operations.map(({ name, repeat }) => `${code(name)}: ${repeats[repeat]}`)),
    list(proof.map((path) => `[${path.replace(/^test\//, '')}](../${path})`)),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

const exampleOf = ({ options }: Manifest): Readonly<Record<string, unknown>> =>
  (options.examples as readonly Record<string, unknown>[])[0] ?? {}

interface ExampleSystem extends Pick<Manifest, 'title'> {
  readonly connector: string
  readonly options: { readonly credentials: { readonly style: string } }
}

/** Examples that stand for a system no connector knows: folders of config/examples named like no connector. */
function exampleRows(): string[] {
  return readdirSync(join(root, examples), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !existsSync(join(shelf, entry.name)))
    .map(({ name }) => name)
    .sort()
    .map((id) => {
      const home = `${examples}/${id}`
      const file = join(root, home, 'systems', `${id}.yaml`)
      const { connector, title, options } = parse(readFileSync(file, 'utf8')) as ExampleSystem
      const generic = manifestOf(connector)
      const credentials = `${code(options.credentials.style)}, ${code(connector)}`
      const stands = { ...generic, id, title, credentials, proof: [exampleProof] }
      const invented = { ...stands, contract: 'invented', stage: 'example' } as const
      return rowOf(manifestFor(invented, options), home)
    })
}

const manifestOf = (id: string): Manifest =>
  JSON.parse(readFileSync(join(shelf, id, 'connector.json'), 'utf8'))

/** The whole text of docs/systems.md: one row per folder in connectors/, and per example of an invented system. */
export function systemsDocument(): string {
  const rows = readdirSync(shelf)
    .sort()
    .filter((id) => existsSync(join(shelf, id, 'connector.json')))
    .map(manifestOf)
    // A generic connector is shown with the operations of its example.
    .map((manifest) => rowOf(manifestFor(manifest, exampleOf(manifest))))
  return `# Hệ thống kết nối được / Systems the hub can speak to

<!-- Made by scripts/generate-systems.ts from connectors/*/connector.json and config/examples. Do not edit: npm run generate. -->

→ gửi tới hệ thống, ← nhận từ hệ thống, ? tra cứu trực tiếp. Hợp đồng: *thật* – biết từ phần mềm đang chạy; *chung* – theo chuẩn hoặc theo cấu
hình; *tự đặt* – chưa có tài liệu công khai. Cấu hình mẫu của từng hệ thống: [config/examples](../config/examples/README.md); *ví dụ cấu hình* là hợp đồng
bịa qua connector \`rest\`, để bắt chước. Điều chưa kiểm chứng ghi trong README của từng connector.
→ to the system, ← from it, ? a lookup. What is unverified is said in each connector's README. Every connector also passes the
conformance suite (\`npx vitest run test/conformance\`); the last column names what goes through the whole hub or over the real wire shapes.

| Hệ thống / System | Chiều / Way | Nghiệp vụ / Operations | Hợp đồng / Contract | Xác thực / Credentials | Theo lô / Batch | Khi chưa rõ kết quả / In doubt | Kiểm thử / Proof |
|---|---|---|---|---|---|---|---|
${[...rows, ...exampleRows()].join('\n')}
`
}

if (process.argv[1] === import.meta.filename) {
  const target = join(root, 'docs/systems.md')
  const text = systemsDocument()
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text)
    console.log('docs/systems.md written')
  } else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
    console.error('docs/systems.md is stale: npm run generate')
    process.exitCode = 1
  }
}
