/** Which scopes there are, as choices with their meaning. */
import { api } from '../../api/client.ts'
import { useOwnWords } from '../../parts/own-words.ts'

export function useScopeChoices() {
  const own = useOwnWords()
  const { data } = api.useQuery('get', '/api/v1/rights', {}, { staleTime: 600_000 })
  return (data?.scopes ?? []).map(({ name, what }) => ({
    value: name,
    label: name,
    title: own(what),
  }))
}
