/** A wake-up says "this system has due lanes". It may be lost, doubled or late without harm. */
export interface Wakeups {
  /** Never throws, never waits. */
  wake(system: string): void
}
