/** Filters live in the address, so that a view can be shared, kept and gone back to. */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type Filters<Name extends string> = Readonly<Partial<Record<Name, string>>>

export function useFilters<Name extends string>(names: readonly Name[]) {
  const [parameters, setParameters] = useSearchParams()
  const text = parameters.toString()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what counts of both
  const filters = useMemo(() => {
    const given = names.flatMap((name) => {
      const value = parameters.get(name)
      return value ? [[name, value]] : []
    })
    return Object.fromEntries(given) as Filters<Name>
  }, [text])
  const change = useCallback(
    (changes: Partial<Record<Name, string | undefined>>) =>
      setParameters((before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries<string | undefined>(changes))
          if (value) next.set(name, value)
          else next.delete(name)
        return next
      }),
    [setParameters],
  )
  const clear = useCallback(() => setParameters({}), [setParameters])
  return { filters, change, clear, isFiltered: Object.keys(filters).length > 0 }
}
