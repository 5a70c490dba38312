/** Light or dark: as the machine is set, until the person chooses. */
import { useSyncExternalStore } from 'react'

export type Shade = 'light' | 'dark'
const kept = 'hub-shade'
const ofMachine = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
ofMachine.addEventListener('change', tell)

function tell(): void {
  for (const listener of listeners) listener()
}

function shadeNow(): Shade {
  const chosen = localStorage.getItem(kept)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return ofMachine.matches ? 'dark' : 'light'
}

export function chooseShade(shade: Shade): void {
  localStorage.setItem(kept, shade)
  tell()
}

export const useShade = (): Shade =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, shadeNow)
