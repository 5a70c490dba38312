/** A code of a catalogue: typed, or chosen by code or name. */
import { useQuery } from '@tanstack/react-query'
import { AutoComplete } from 'antd'
import { useMemo } from 'react'
import { http } from '../../api/client.ts'

interface Entry {
  readonly code: string
  readonly name: string
}

/** Pages of 200: more than any office scrolls through, and far fewer than would be slow. */
const mostPages = 20

async function entriesOf(name: string, signal: AbortSignal): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { data } = await http.GET('/api/v1/catalogues/{name}', {
      params: { path: { name }, query: { limit: 200, ...(cursor && { cursor }) } },
      signal,
    })
    // Without this catalogue a code is typed by hand.
    if (!data) return entries
    for (const { code, content } of data.items) {
      const said = (content as { readonly name?: unknown } | null)?.name
      entries.push({ code, name: typeof said === 'string' ? said : '' })
    }
    if (data.next === null) break
    cursor = data.next
  }
  return entries
}

interface PickerProps {
  readonly id: string
  readonly catalogue: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isWrong: boolean
}

export function CodePicker({ id, catalogue, value, onChange, isWrong }: PickerProps) {
  const { data = [] } = useQuery({
    queryKey: ['code-picker', catalogue],
    queryFn: ({ signal }) => entriesOf(catalogue, signal),
    staleTime: 600_000,
    retry: false,
  })
  const options = useMemo(() => {
    const sought = value.toLowerCase()
    return data
      .filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(sought))
      .slice(0, 50)
      .map(({ code, name }) => ({ value: code, label: name ? `${code}  ${name}` : code }))
  }, [data, value])
  return (
    <AutoComplete
      id={id}
      style={{ width: '100%' }}
      value={value}
      options={options}
      onChange={onChange}
      {...(isWrong && { status: 'error' as const })}
    />
  )
}
