// Loaded into hub processes of a chaos run before anything else: what a nemesis cannot do from outside.
//
//   CHAOS_CLOCK_MS   the clock of this process is so far off (its monotonic clock is right)
//   SIGUSR2          the event loop stands still for CHAOS_BLOCK_MS
const offMs = Number(process.env.CHAOS_CLOCK_MS ?? 0)
if (offMs !== 0) {
  const RealDate = Date
  class ShiftedDate extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + offMs)
      else super(...given)
    }

    static now() {
      return RealDate.now() + offMs
    }
  }
  globalThis.Date = ShiftedDate
}

process.on('SIGUSR2', () => {
  const until = performance.now() + Number(process.env.CHAOS_BLOCK_MS ?? 0)
  while (performance.now() < until);
})
