type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** What a schema's `$ref` into its own document (`#/$defs/name/properties/x`) leads to. */
export function referredBy(schema: Json, root: Json): Json | undefined {
  if (typeof schema.$ref !== 'string' || !schema.$ref.startsWith('#/')) return undefined
  const target = schema.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      root,
    )
  return isObject(target) ? target : undefined
}
