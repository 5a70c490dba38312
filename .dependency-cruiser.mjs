/**
 * The floors of the house, checked by `npm run check`. Who may import whom:
 *
 *   domain ← connector ← engine ← adapters ← app          connectors/* → src/connector only
 *
 * Every rule says why it exists and what to do when it fires.
 */
/**
 * Drivers of protocols that are not HTTP, by the connector that speaks them and no other. HTTP stays with
 * ConnectorContext; a protocol of which there is one speaker is no business of the hub's core.
 */
const drivers = [
  { connector: 'smtp', packages: ['nodemailer'] },
  { connector: 'sql', packages: ['pg', 'mysql2', 'tedious'] },
  // SSH, and the readers of what lies on a file server.
  { connector: 'sftp', packages: ['ssh2', 'csv-parse', 'yauzl', '@types/ssh2', '@types/yauzl'] },
]
const withDriver = drivers.map(({ connector }) => connector).join('|')

const testOnly = ['nock', 'fast-check', 'cloudevents', 'oidc-provider', 'playwright-core', 'vitest']

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'domain-stands-alone',
      comment:
        'The nouns and rules of the hub must be readable and testable without anything else. ' +
        'Pass what the rule needs as an argument; put technology behind a port in src/engine/ports/.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'connector-floor-knows-no-engine',
      comment:
        'src/connector is the whole world of a connector. It may use the domain and the standard ' +
        'library; what an engine or an adapter does must reach it through ConnectorContext. The reader of ' +
        'XML is a pure function over its parser.',
      severity: 'error',
      from: { path: '^src/connector/', pathNot: '^src/connector/xml/' },
      to: { pathNot: '^src/(connector|domain)/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'xml-knows-its-parser-only',
      comment:
        'src/connector/xml reads and writes XML, and needs a parser for it and nothing else.',
      severity: 'error',
      from: { path: '^src/connector/xml/' },
      to: {
        pathNot: '^(src/(connector|domain)/|node_modules/saxes/)',
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'engine-knows-no-technology',
      comment:
        'The engine imports domain, the connector contract and its own ports. Need a database, a ' +
        'queue, a clock? Add the smallest method to src/engine/ports/ and implement it in an adapter.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { pathNot: '^(src/(engine|domain|connector)/|(node:)?events$)' },
    },
    {
      name: 'adapters-know-no-app',
      comment:
        'An adapter serves a port and does not know which process uses it. Pass what it needs as an option.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/app/' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      comment:
        'Any adapter can be replaced by adding one folder. When two need each other, src/app/compose ' +
        'hands one to the other through a port.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'only-compose-names-adapters',
      comment:
        'src/app/compose is where the house is put together, and the only place to look for which ' +
        'technology is used. Doors (http, cli), configuration and demo are handed what they need.',
      severity: 'error',
      from: { path: '^src/app/', pathNot: '^src/app/compose/' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'doors-do-not-know-each-other',
      comment:
        'HTTP and the command line are two doors of one hub. What both need belongs in src/app, ' +
        'src/engine or src/domain.',
      severity: 'error',
      from: { path: '^src/app/(http|cli)/' },
      to: { path: '^src/app/(http|cli)/', pathNot: '^src/app/$1/' },
    },
    {
      name: 'app-names-no-connector',
      comment:
        'Connectors are found on disk by their manifest (src/adapters/connectors), never imported by ' +
        'name. Only the demo, which stages a province of its own, names the simulators it plays with.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/demo/' },
      to: { path: '^connectors/' },
    },
    {
      name: 'demo-plays-with-simulators-only',
      comment:
        'The demo stands outside of the systems it plays: it may start a simulator and read what it ' +
        'has received. The connectors themselves it uses as everybody does, by configuration.',
      severity: 'error',
      from: { path: '^src/app/demo/' },
      to: { path: '^connectors/', pathNot: '^connectors/[^/]+/simulator' },
    },
    {
      name: 'connector-sees-the-contract-only',
      comment:
        'A connector imports src/connector/index.ts, the standard library and its own folder. That is ' +
        'what lets the hub change inside without touching thirty connectors.',
      severity: 'error',
      from: { path: '^connectors/([^/]+)/', pathNot: `^connectors/(${withDriver})/` },
      to: {
        pathNot: ['^connectors/$1/', '^src/connector/index\\.ts$'],
        dependencyTypesNot: ['core'],
      },
    },
    ...drivers.map(({ connector, packages }) => ({
      name: `connector-${connector}-sees-its-driver-besides`,
      comment:
        'This connector speaks a protocol that is not HTTP: besides the contract it may import the driver ' +
        'that is named for it above, and nothing else.',
      severity: 'error',
      from: { path: `^connectors/${connector}/` },
      to: {
        pathNot: [
          `^connectors/${connector}/`,
          '^src/connector/index\\.ts$',
          `^node_modules/(${packages.join('|')})/`,
        ],
        dependencyTypesNot: ['core'],
      },
    })),
    {
      name: 'simulator-is-not-for-production',
      comment:
        'A connector must work without the simulator of its system. Share code through a third file.',
      severity: 'error',
      from: { path: '^connectors/', pathNot: '^connectors/[^/]+/simulator' },
      to: { path: '^connectors/[^/]+/simulator' },
    },
    {
      name: 'files-belong-to-adapters-and-app',
      comment:
        'Domain, engine, connectors and HTTP do no file or process work: it would hide state from the ' +
        'store and from the tests. Hand the content over as an argument.',
      severity: 'error',
      from: { path: '^(src/(domain|connector|engine|app/http)|connectors)/' },
      to: { path: '^(node:)?(fs|fs/promises|child_process|worker_threads|cluster)$' },
    },
    {
      name: 'product-knows-no-test',
      comment: 'What runs in production must not depend on tests, scripts or their tools.',
      severity: 'error',
      from: { path: '^(src|connectors|bin)/' },
      to: { path: ['^(test|scripts)/', `^node_modules/(${testOnly.join('|')})/`] },
    },
    {
      name: 'console-is-a-program-of-its-own',
      comment:
        'The console runs in a browser and knows the hub by its API only (src/app/console/generated). What both ' +
        'need comes through the API.',
      severity: 'error',
      from: { path: '^src/app/console/' },
      to: { path: '^(src|connectors|bin|test|scripts)/', pathNot: '^src/app/console/' },
    },
    {
      name: 'nobody-imports-the-console',
      comment: 'It is built into dist/console and served from there.',
      severity: 'error',
      from: { pathNot: '^(src/app/console|test/console)/' },
      to: { path: '^src/app/console/' },
    },
    {
      name: 'production-packages-only',
      comment:
        'The image holds production dependencies only. Move the package to "dependencies", or do without it.',
      severity: 'error',
      // The console is built: its packages are not needed any more when it runs.
      from: { path: '^(src|connectors|bin)/', pathNot: '^src/app/console/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '/@types/' },
    },
    {
      name: 'tests-do-not-import-tests',
      comment:
        'A test file must run alone and in any order. What two tests share belongs in test/support ' +
        'or in a plain file beside them.',
      severity: 'error',
      from: {},
      to: { path: '\\.test\\.ts$' },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one file, or three: move what both need into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: it is dead. Delete it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^[^/]+\\.(ts|mjs)$',
          '^src/connector/generated/',
          '^src/app/console/generated/',
          // Named to node by its path, to be loaded before anything else.
          '-preload\\.cjs$',
          // Given to node by its path too: what runs in the process of expressions.
          '^src/adapters/expressions/(child|room)\\.cjs$',
        ],
      },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere. Install the package or correct the path.',
      severity: 'error',
      from: {},
      // Made by the build of the console: see its vite.config.ts.
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: a floor that is crossed by a type is crossed.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
