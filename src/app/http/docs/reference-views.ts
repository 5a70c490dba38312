/** The sections behind the operations: rights, message types, shapes, error codes. */
import type { Hub } from '../../hub.ts'
import type { Language } from '../language.ts'
import { referencedSchemas } from '../schema-references.ts'
import { type ApiDocument, label, type Schema } from './document.ts'
import { type Html, html, paragraphs } from './html.ts'
import { createSchemaView, type References } from './schema-view.ts'
import { isWord, type Say } from './words.ts'

const idPrefix = 'https://lien-thong.example/schemas/'

/** A schema's place on the page. */
const schemaAnchor = (id: string): string =>
  `schema-${id.replace(idPrefix, '').replaceAll(/[^A-Za-z0-9]+/g, '-')}`

export function rightsView(document: ApiDocument, language: Language, say: Say): Html {
  const rows = Object.entries(document['x-scopes']).map(
    ([scope, words]) =>
      html`<tr id="scope-${scope}"><td><code>${scope}</code></td><td>${words[language]}</td></tr>`,
  )
  return html`<section aria-labelledby="rights"><h2 id="rights">${say('rights')}</h2><div class="table"><table><thead><tr><th scope="col">${say('right')}</th><th scope="col">${say('allows')}</th></tr></thead><tbody>${rows}<tr><td><code>doors:&lt;id&gt;</code></td><td>${say('doorRight')}</td></tr></tbody></table></div></section>`
}

export function errorsView(document: ApiDocument, language: Language, say: Say): Html {
  const rows = Object.entries(document['x-problems']).map(
    ([code, { status, side, title, next }]) =>
      html`<tr id="error-${code}"><td><code>${code}</code></td><td class="status">${status}</td><td>${isWord(side) ? say(side) : side}</td><td>${title[language]}</td><td>${next[language]}</td></tr>`,
  )
  return html`<section aria-labelledby="errors"><h2 id="errors">${say('errors')}</h2><p>${say('errorsIntro')}</p><div class="table"><table><thead><tr><th scope="col">${say('code')}</th><th scope="col">HTTP</th><th scope="col">${say('turn')}</th><th scope="col">${say('what')}</th><th scope="col">${say('next')}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

const foldedSchema = (
  anchor: string,
  heading: Html,
  schema: Schema,
  inner: Html,
  language: Language,
): Html =>
  html`<details class="schema"><summary>${heading}</summary><div id="${anchor}">${paragraphs(label(schema.description, language))}${inner}</div></details>`

export function shapesView(
  document: ApiDocument,
  references: References,
  language: Language,
  say: Say,
): Html {
  const view = createSchemaView(language, say, references)
  const shapes = Object.entries(document.components.schemas).map(([name, schema]) => {
    const heading = html`${label(schema.title, language)} <code>${name}</code>`
    const inner = view.body(schema)
    const plain = String(inner) === '' ? html`<p class="kind">${view.kind(schema)}</p>` : inner
    return foldedSchema(`schema-${name}`, heading, schema, plain, language)
  })
  return html`<section aria-labelledby="shapes"><h2 id="shapes">${say('shapes')}</h2>${shapes}</section>`
}

/** References between message schemas: to other documents by link, inside one in place. */
function messageReferences(schemas: Hub['schemas'], id: string): References {
  const split = (reference: string) => {
    const [base = '', pointer = ''] = new URL(reference, id).href.split('#')
    return { base, pointer }
  }
  return {
    link(reference) {
      const { base, pointer } = split(reference)
      if (base === id || pointer !== '') return undefined
      const schema = schemas.schema(base)
      return schema && { href: `#${schemaAnchor(base)}`, name: base.replace(idPrefix, '') }
    },
    find(reference) {
      const { base, pointer } = split(reference)
      let node: unknown = schemas.schema(base)
      for (const key of pointer.split('/').slice(1))
        node = (node as Readonly<Record<string, unknown>> | undefined)?.[decodeURIComponent(key)]
      return node as Schema | undefined
    },
  }
}

/** Every message type with its schema, and the schemas they share, each once. */
export function typesView(schemas: Hub['schemas'], language: Language, say: Say): Html {
  const types = schemas.messageTypes()
  const shared = new Map<string, object>()
  for (const { schemaId } of types)
    for (const [id, schema] of Object.entries(referencedSchemas(schemas, schemaId)))
      shared.set(id, schema)
  const show = (id: string, schema: Schema, name: string): Html => {
    const view = createSchemaView(language, say, messageReferences(schemas, id))
    const heading = html`${label(schema.title, language) ?? name} <code>${name}</code>`
    return foldedSchema(schemaAnchor(id), heading, schema, view.body(schema), language)
  }
  const shown = types.map(({ type, schemaId }) =>
    show(schemaId, (schemas.schema(schemaId) ?? {}) as Schema, type),
  )
  const sharedShown = [...shared]
    .filter(([id]) => !types.some(({ schemaId }) => schemaId === id))
    .map(([id, schema]) => show(id, schema as Schema, id.replace(idPrefix, '')))
  return html`<section aria-labelledby="types"><h2 id="types">${say('types')}</h2><p>${say(types.length > 0 ? 'typesIntro' : 'noTypes')}</p>${shown}${sharedShown}</section>`
}
