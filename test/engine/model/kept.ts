/**
 * Histories that found something once, or tell of a fault that was known or seeded. They run first, every time.
 * When a random history fails, the test prints it in this form: give it a name that says what was wrong, and keep
 * it here.
 */
import type { Act } from './acts.ts'
import type { Setting } from './world.ts'

export interface History {
  readonly setting: Setting
  readonly acts: readonly Act[]
}

/** Of one message after the other, no queue, one worker, no backups. */
const plain: Setting = {
  policy: 'block',
  repeat: 'ask',
  queue: 'none',
  batch: 1,
  workers: 1,
  backups: false,
}

/** As a member of `kept`. */
export const asKept = (
  name: string,
  { setting, acts }: { setting: Setting; acts: readonly string[] },
) =>
  `  '${name}': {
    setting: ${JSON.stringify(setting)},
    acts: [
${acts.map((act) => `      ${act},`).join('\n')}
    ],
  },`

export const kept: Readonly<Record<string, History>> = {
  'what waited when the backup was made was sent again blindly': {
    setting: { ...plain, backups: true },
    acts: [
      ['pause'],
      ['accept', 'A', 'progress'],
      ['backup'],
      ['resume'],
      ['work'],
      ['restore'],
      ['resume'],
      ['work'],
    ],
  },
  'what a source sent again after a restore got another key': {
    setting: { ...plain, repeat: 'harmless', backups: true },
    acts: [['backup'], ['accept', 'A', 'progress'], ['work'], ['restore'], ['resume'], ['work']],
  },
  'what a source sent again after a restore was sent without a question': {
    setting: { ...plain, backups: true },
    acts: [['backup'], ['accept', 'A', 'progress'], ['work'], ['restore'], ['resume'], ['work']],
  },
  'a batch that answered for one of two had delivered both': {
    setting: { ...plain, batch: 2 },
    acts: [
      ['pause'],
      ['accept', 'A', 'progress'],
      ['accept', 'B', 'progress'],
      ['batches', 'half'],
      ['resume'],
      ['work'],
    ],
  },
  'a worker took a lane that another had in work': {
    setting: { ...plain, workers: 2 },
    acts: [
      ['target', 'A', 1, 'appliesAndHangs'],
      ['accept', 'A', 'progress'],
      ['work'],
      // Both look for work again and again, while the lane of A is in work.
      ['target', 'B', 1, 'busy', 'busy', 'busy'],
      ['accept', 'B', 'progress'],
      ['work'],
    ],
  },
  'a snapshot in doubt was taken for delivered because another message had arrived': {
    setting: { ...plain, policy: 'skip', backups: true },
    acts: [
      ['target', 'A', 1, 'hangs', 'rejected'],
      ['accept', 'A', 'snapshot'],
      ['work'],
      ['backup'],
      ['crash', 0, 'at once', 'replaced'],
      ['work'],
      ['accept', 'A', 'progress'],
      ['work'],
      ['restore'],
      ['resume'],
      ['work'],
    ],
  },
}
