/** The settings in force as they may be shown: of a secret only that it is there. */
import type { SettingView } from './about.ts'
import type { Setting } from './setting.ts'
import { type ProcessSettings, settingsTable } from './settings.ts'

/** An address without its account and parameters. */
function shownAddress(text: string): string {
  if (!URL.canParse(text)) return '•••'
  const { protocol, host, pathname } = new URL(text)
  return `${protocol}//${host}${pathname}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object' && value !== null && 'burst' in value && 'perSecond' in value) {
    const { burst, perSecond } = value as { burst: number; perSecond: number }
    return `${burst}+${Math.round(perSecond * 60)}/min`
  }
  const text = String(value)
  return text.includes('://') ? shownAddress(text) : text
}

export function settingsView(settings: ProcessSettings): SettingView[] {
  return Object.entries<Setting<unknown>>(settingsTable).map(([key, row]) => {
    const value = settings[key as keyof ProcessSettings]
    const secret = row.form.secret ?? false
    const isSet = value !== undefined && !(Array.isArray(value) && value.length === 0)
    return {
      name: row.name,
      what: row.what,
      value: !isSet ? null : secret ? '•••' : shown(value),
      otherwise: row.otherwise.words,
      secret,
    }
  })
}
