/** Rows that somebody has chosen in a list whose filters are in the address. */
import { useState } from 'react'
import { useLocation } from 'react-router'

export function useChosen() {
  const { search } = useLocation()
  const [picked, setPicked] = useState({ search, ids: [] as readonly string[] })
  // Rows of another filter are not seen any more, and nobody should act on what he does not see.
  const chosen = picked.search === search ? picked.ids : []
  return [chosen, (ids: readonly string[]) => setPicked({ search, ids })] as const
}
