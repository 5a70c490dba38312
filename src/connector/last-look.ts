/**
 * A signal tells of what has happened; it cannot tell a process that stood still (stopped, starved, its
 * event loop blocked) that its right to go on ended meanwhile. So whoever is about to do what cannot be
 * taken back looks once more, in the same breath. The look belongs to this very signal: one derived from
 * it (`AbortSignal.any`) has none.
 */
const looks = new WeakMap<AbortSignal, () => boolean>()

/** From now on `mayGoOn(signal)` asks this too. */
export function lookBeforeActing(signal: AbortSignal, look: () => boolean): void {
  looks.set(signal, look)
}

/** Whether what this signal belongs to may still be done, at this very moment. */
export const mayGoOn = (signal: AbortSignal): boolean =>
  !signal.aborted && (looks.get(signal)?.() ?? true)
