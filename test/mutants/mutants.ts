/**
 * Tests that test the tests: bugs a hub like this one has had somewhere, each as a change to a copy
 * of the source. The hub itself contains no switch for them. `npm run mutants` makes each in turn and
 * expects the named tests to fail.
 */
export interface Mutant {
  readonly bug: string
  /** The file that is changed, the text in it (there once), and what takes its place. */
  readonly file: string
  readonly find: string
  readonly replace: string
  /** Tests that must notice. */
  readonly caughtBy: readonly string[]
}

export const mutants: readonly Mutant[] = [
  {
    bug: 'the receipt is given before the commit',
    file: 'src/engine/accept/accept.ts',
    find: '        results = (await deps.store.accept(messages)).map(resultOf)',
    replace: `        deps.store.accept(messages).catch(() => undefined)
        results = messages.map(({ id }) => ({
          ok: true,
          receipt: { id, duplicate: false, acceptedAt: '', sha256: '', deliveries: [] },
        }))`,
    caughtBy: ['test/engine/accept.test.ts'],
  },
  {
    bug: 'a worker that has lost its lease may still write',
    file: 'src/adapters/postgres/settle.ts',
    find: 'on i.id = l.id and i.fence = l.fence',
    replace: 'on i.id = l.id',
    caughtBy: ['test/adapters/postgres/settle.test.ts'],
  },
  {
    bug: 'a worker that stood still goes on with what it had prepared',
    file: 'src/engine/lanes/drain.ts',
    find: 'lookBeforeActing(under.signal, () => areOurs(lanes))',
    replace: 'lookBeforeActing(under.signal, () => lanes.length > 0)',
    caughtBy: ['test/engine/fence.test.ts'],
  },
  {
    bug: 'a worker that stood still sends the rest of a large body',
    file: 'src/adapters/http/pour.ts',
    find: `    if (!mayWrite()) return false
    if (!request.write(piece))`,
    replace: '    if (!request.write(piece))',
    caughtBy: ['test/adapters/http/wire.test.ts'],
  },
  {
    bug: 'what a worker has sent that had lost its lane leaves no trace',
    file: 'src/engine/lanes/drain.ts',
    find: 'if (!written.kept) late.keep(settled, open.claimed)',
    replace: "if (!written.kept) log.info('lane.lost')",
    caughtBy: ['test/engine/fence.test.ts'],
  },
  {
    bug: 'a question that failed counts as "not there"',
    file: 'src/engine/lanes/ask-run.ts',
    find: 'return { answer: { failed: outcome.code }, outcome }',
    replace: "return { answer: 'not-applied', outcome }",
    caughtBy: ['test/engine/ask-run.test.ts'],
  },
  {
    bug: 'a rejection counts as delivered',
    file: 'src/engine/lanes/decide.ts',
    find: `    case 'permanent':
      return dead(outcome.code, at.policy)`,
    replace: `    case 'permanent':
      return delivered`,
    caughtBy: ['test/engine/decide.test.ts'],
  },
  {
    bug: 'a cursor moves to the highest id, past rows that are not committed yet',
    file: 'src/adapters/postgres/seal.ts',
    find: 'if (noted && BigInt(now.xmin) >= noted.xmax) {',
    replace: 'if (noted) {',
    caughtBy: ['test/adapters/postgres/seal.test.ts'],
  },
  {
    bug: 'a body is kept as JSON and not as the bytes that came',
    file: 'src/engine/accept/accept.ts',
    find: 'const sealed = deps.cipher.encrypt(submission.bytes, id)',
    replace: `const parsed: unknown = JSON.parse(new TextDecoder().decode(submission.bytes))
    const sealed = deps.cipher.encrypt(new TextEncoder().encode(JSON.stringify(parsed)), id)`,
    caughtBy: ['test/engine/accept.test.ts'],
  },
  {
    bug: 'a repeat carries another idempotency key',
    file: 'src/engine/lanes/lane-run.ts',
    find: '    idempotencyKey: deliveryKey(deps.digest, delivery),',
    replace: '    idempotencyKey: deliveryKey(deps.digest, delivery) + delivery.tries,',
    caughtBy: ['test/engine/drain.test.ts', 'test/engine/lane-run.test.ts'],
  },
  {
    bug: 'a failure that repeats writes a line each time',
    file: 'src/adapters/system/log-limit.ts',
    find: '      if (entry) {\n        entry.write = write',
    replace: '      if (entry && held.size > maxKeys) {\n        entry.write = write',
    caughtBy: ['test/adapters/system/log-limit.test.ts'],
  },
  {
    bug: 'a dead letter and its problem are written in two commits',
    file: 'src/adapters/postgres/settle.ts',
    find: '? await database.transaction(async (run) => {',
    replace: `? await ((work: (run: Run) => Promise<Written[]>) => work(database.run))(async (run) => {`,
    caughtBy: ['test/adapters/postgres/settle.test.ts'],
  },
  {
    bug: 'a pull ends what a delivery has set anew while it was asking',
    file: 'src/adapters/postgres/follow.ts',
    find: 'on t.subject = f.subject and t.version = f.version',
    replace: 'on t.subject = f.subject',
    caughtBy: ['test/engine/pull.test.ts'],
  },
  {
    bug: 'what was refused is not asked about again',
    file: 'src/engine/accept/accept.ts',
    find: '!refusals[index] || one.subject !== follow.subject',
    replace: '!refusals[index] || follow.subject !== undefined',
    caughtBy: ['test/engine/pull.test.ts'],
  },
  {
    bug: 'one route forgets to ask for its scope',
    file: 'src/app/http/routes/deliveries.ts',
    find: `  path: '/api/v1/deliveries/{id}',
  access: 'deliveries:read',`,
    replace: `  path: '/api/v1/deliveries/{id}',
  access: 'any-key',`,
    caughtBy: ['test/app/http/access.test.ts'],
  },
  {
    bug: 'the audit row of an intervention is written outside of its transaction',
    file: 'src/adapters/postgres/intervene.ts',
    find: 'await interveneAll(run, [place]',
    replace:
      "await interveneAll((name, ...rest) => (name === 'intervene-audit' ? database.run : run)(name, ...rest), [place]",
    caughtBy: ['test/engine/interventions.test.ts'],
  },
  {
    bug: 'a process that has lost a plan goes on with it',
    file: 'src/adapters/postgres/plan-lease.ts',
    find: 'from hub.plan where id = $1 and fence = $2 and owner is not null for update',
    replace: 'from hub.plan where id = $1 and $2::bigint is not null for update',
    caughtBy: ['test/engine/plans.test.ts'],
  },
  {
    bug: 'a plan does not keep to its rate',
    file: 'src/adapters/postgres/plan-steps.ts',
    find: 'Math.min(most, row.allowed)',
    replace: 'most',
    caughtBy: ['test/engine/plans.test.ts'],
  },
  {
    bug: 'personal data travel with a wake-up',
    file: 'src/adapters/bullmq/backend.ts',
    find: "systems.map((system) => ({ name: 'wake', data: { system }, opts: jobOptions }))",
    replace: `systems.map((system) => ({
    name: 'wake',
    data: { system, of: 'Nguyễn Văn Thử' },
    opts: jobOptions,
  }))`,
    caughtBy: ['test/adapters/bullmq/wakeups.test.ts'],
  },
  {
    bug: 'a message that its source sends again to a restored store gets another key',
    file: 'src/engine/lanes/lane-run.ts',
    find: 'JSON.stringify([attributes.source, attributes.eventId])',
    replace: 'JSON.stringify([attributes.id])',
    caughtBy: ['test/engine/restored.test.ts', 'test/engine/model.test.ts'],
  },
  {
    bug: 'what a lost store may have sent is sent without a question',
    file: 'src/engine/accept/accept.ts',
    find: '      doubtful: deps.lostUntil !== undefined &&',
    replace: '      doubtful: deps.lostUntil === undefined &&',
    caughtBy: ['test/engine/restored.test.ts', 'test/engine/model.test.ts'],
  },
  {
    bug: 'of what a lost store sent an older arrival shows a newer',
    file: 'src/engine/lanes/ask-run.ts',
    find: 'snapshot && timeOf(delivery) <= timeOf(arrived)',
    replace: 'snapshot && timeOf(delivery) !== timeOf(arrived)',
    caughtBy: ['test/engine/restored.test.ts'],
  },
  {
    bug: 'a connection that says nothing any more is waited for',
    file: 'src/adapters/postgres/database.ts',
    find: 'query_timeout: limit',
    replace: 'query_timeout: limit * 1_000',
    caughtBy: ['test/adapters/postgres/database.test.ts'],
  },
  {
    bug: 'what waited when a backup was made is sent without a question',
    file: 'src/adapters/postgres/restored.ts',
    find: 'set doubtful = true,',
    replace: 'set doubtful = doubtful,',
    caughtBy: ['test/adapters/postgres/restored.test.ts', 'test/engine/model.test.ts'],
  },
  {
    bug: 'a batch that answers for fewer than it was given has delivered the rest',
    file: 'src/engine/lanes/batch-run.ts',
    find: "if (!outcome) return { kind: 'unknown', code: 'answer-invalid' }",
    replace: "if (!outcome) return { kind: 'delivered' }",
    caughtBy: ['test/engine/batch-run.test.ts', 'test/engine/model.test.ts'],
  },
  {
    bug: 'a worker takes lanes that another has in work',
    file: 'src/adapters/postgres/claim.ts',
    find: 'wake_at <= now() and (lease_until is null or lease_until < now())',
    replace: 'wake_at <= now()',
    caughtBy: ['test/adapters/postgres/claim.test.ts', 'test/engine/model.test.ts'],
  },
  {
    bug: 'of what a lost store sent whatever has arrived shows a snapshot',
    file: 'src/engine/lanes/ask-run.ts',
    find: 'operationOf(target, arrived).snapshot && timeOf',
    replace: 'arrived && timeOf',
    caughtBy: ['test/engine/restored.test.ts', 'test/engine/model.test.ts'],
  },
  {
    bug: 'what was being sent when a backup was made is not in doubt',
    file: 'src/adapters/postgres/restored.ts',
    find: "('waiting', 'held', 'dead', 'sending', 'unknown')",
    replace: "('waiting', 'held', 'dead')",
    caughtBy: ['test/adapters/postgres/restored.test.ts', 'test/engine/model.test.ts'],
  },
]
