/** What every field of a form made from a schema shares: the schemas, what is wrong where, how a value is changed. */
import { createContext, useContext } from 'react'
import type { Schemas } from '../../api/client.ts'
import { inside, type Place, type SchemaBook } from './schema.ts'

export type Fault = Schemas['CorrectionFindings']['faults'][number]
export type Path = readonly (string | number)[]

export interface FormTools {
  readonly book: SchemaBook
  readonly faults: readonly Fault[]
  readonly change: (path: Path, value: unknown) => void
  /** Whether the text at this pointer cannot be read: then the form may not be saved. */
  readonly unreadable: (pointer: string, isUnreadable: boolean) => void
}

export const Tools = createContext<FormTools | undefined>(undefined)

export function useTools(): FormTools {
  const tools = useContext(Tools)
  if (!tools) throw new Error('a field stands in a form')
  return tools
}

export interface FieldProps {
  readonly place: Place
  readonly name: string
  readonly path: Path
  readonly value: unknown
  readonly isRequired: boolean
}

export const pointerOf = (path: Path): string => path.reduce<string>(inside, '')

export function useFaults(path: Path): readonly Fault[] {
  const pointer = pointerOf(path)
  return useTools().faults.filter((fault) => fault.pointer === pointer)
}
