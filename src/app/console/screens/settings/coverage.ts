/** Which fields of a schema a message fills. */
import {
  itemOf,
  type Kind,
  kindOf,
  membersOf,
  type Place,
  type SchemaBook,
  titleOf,
} from '../../parts/schema-form/schema.ts'

export interface Missing {
  readonly path: string
  readonly title: string
  readonly isRequired: boolean
}

export interface Coverage {
  readonly all: number
  readonly filled: number
  readonly missing: readonly Missing[]
}

/** A schema may lead back to itself. */
const deepest = 8

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== ''
const within = (value: unknown, name: string): readonly unknown[] => {
  const inner: unknown = Reflect.get(Object(value), name)
  return isFilled(inner) ? [inner] : []
}
const isBranch = (kind: Kind): boolean => kind === 'object' || kind === 'list'

/** What is absent as a whole counts once: what would be in it is not missed. */
export function coverageOf(
  book: SchemaBook,
  root: Place,
  data: unknown,
  language: string,
): Coverage {
  const missing: Missing[] = []
  let filled = 0
  const walk = (
    place: Place,
    path: string,
    title: string,
    values: readonly unknown[],
    isRequired: boolean,
    depth: number,
  ): void => {
    const kind = kindOf(place)
    if (values.length === 0) {
      missing.push({ path, title, isRequired })
      return
    }
    if (!isBranch(kind) || depth > deepest) {
      filled += 1
      return
    }
    if (kind === 'list') {
      const items = values.flatMap((value) => (Array.isArray(value) ? value : []))
      walk(itemOf(book, place), `${path}/*`, title, items, isRequired, depth + 1)
      return
    }
    for (const member of membersOf(book, place))
      walk(
        member.place,
        `${path}/${member.name}`,
        titleOf(member.place, member.name, language),
        values.flatMap((value) => within(value, member.name)),
        member.isRequired,
        depth + 1,
      )
  }
  walk(root, '', '', [data], true, 0)
  return { all: filled + missing.length, filled, missing }
}
