/** A draft: one text, which a form and an editor change, and what the hub says of it a moment after the last key. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { post } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'
import { readText, withPlace } from './yaml-text.ts'

export type Findings = Schemas['SettingsFindings']
export type Kind = 'jobs' | 'systems'

const restMs = 350

export function useDraft(kind: Kind, id: string, first: string) {
  const [text, setText] = useState(first)
  const [rested, setRested] = useState(first)
  /** The last that could be read: the form shows it while the text is being written. */
  const [value, setValue] = useState(() => readText(first) ?? {})
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs)
    return () => clearTimeout(timer)
  }, [text])
  const write = (next: string) => {
    setText(next)
    const read = readText(next)
    if (read) setValue(read)
  }
  const check = useQuery({
    queryKey: ['settings-check', kind, id, rested],
    queryFn: () =>
      post<Findings>(`/api/v1/${kind}/{id}/settings/check`, {
        path: { id },
        body: { yaml: rested },
      }),
    enabled: rested.trim() !== '',
    placeholderData: (before: Findings | undefined) => before,
    gcTime: 0,
  })
  const isRead = useMemo(() => readText(text) !== undefined, [text])
  return {
    ...{ text, write, value, isRead, findings: check.data, fault: check.error },
    set: (path: readonly (string | number)[], one: unknown) => write(withPlace(text, path, one)),
    isBehind: rested !== text || check.isFetching,
  }
}

export type Draft = ReturnType<typeof useDraft>
