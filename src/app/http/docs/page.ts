/** `/docs`: the OpenAPI document and the message schemas as one page that loads nothing else. */
import type { Hub } from '../../hub.ts'
import type { Language } from '../language.ts'
import { type ApiDocument, type OperationObject, said } from './document.ts'
import { type Html, html, paragraphs } from './html.ts'
import { operationView, type Place } from './operation-view.ts'
import { errorsView, rightsView, shapesView, typesView } from './reference-views.ts'
import { createSchemaView, type References } from './schema-view.ts'
import { style } from './style.ts'
import { createSay, type Say } from './words.ts'

export { docsPolicy } from './style.ts'

const placesOf = (document: ApiDocument): Place[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )

const referencesOf = (document: ApiDocument): References => {
  const nameOf = (reference: string) => reference.split('/').at(-1) ?? ''
  return {
    link: (reference) => ({ href: `#schema-${nameOf(reference)}`, name: nameOf(reference) }),
    find: (reference) => document.components.schemas[nameOf(reference)],
  }
}

interface Group {
  readonly name: string
  readonly title: string
  readonly places: readonly Place[]
}

function groupsOf(document: ApiDocument, language: Language): Group[] {
  const places = placesOf(document)
  return document.tags.map((tag) => ({
    name: tag.name,
    title: language === 'en' ? tag['x-displayName-en'] : tag['x-displayName'],
    places: places.filter(({ operation }) => operation.tags.includes(tag.name)),
  }))
}

const summaryOf = (operation: OperationObject, language: Language) =>
  said({ ...operation }, 'summary', language)

function sidebar(groups: readonly Group[], language: Language, say: Say): Html {
  const item = (href: string, text: string) => html`<li><a href="#${href}">${text}</a></li>`
  const operations = groups.map(
    ({ title, places }) =>
      html`<h2>${title}</h2><ul>${places.map(
        ({ method, operation }) =>
          html`<li><a href="#${operation.operationId}"><span class="method ${method}">${method.toUpperCase()}</span>${summaryOf(operation, language)}</a></li>`,
      )}</ul>`,
  )
  return html`<nav class="side" aria-label="${say('contents')}"><ul>${item('about', say('about'))}${item('start', say('start'))}${item('rights', say('rights'))}</ul>${operations}<h2>${say('reference')}</h2><ul>${item('types', say('types'))}${item('shapes', say('shapes'))}${item('errors', say('errors'))}</ul></nav>`
}

function startView(document: ApiDocument, say: Say): Html {
  const samples = Object.fromEntries(
    placesOf(document).map(({ operation }) => [
      operation.operationId,
      operation['x-codeSamples'][0]?.source ?? '',
    ]),
  )
  const code = (text: string | undefined) => html`<pre><code>${text}</code></pre>`
  const environment = 'export HUB=https://lien-thong.example\nexport KEY=hub_…'
  return html`<section aria-labelledby="start"><h2 id="start">${say('start')}</h2><ol><li>${say('startKey')}</li><li>${say('startShell')}${code(environment)}</li><li>${say('startSubmit')}${code(samples.submitMessages)}</li><li>${say('startFollow')}${code(samples.readDossier)}</li><li>${say('startRetry')}</li></ol></section>`
}

function render(document: ApiDocument, schemas: Hub['schemas'], language: Language): string {
  const say = createSay(language)
  const groups = groupsOf(document, language)
  const references = referencesOf(document)
  const view = createSchemaView(language, say, references)
  const { info } = document
  const other = language === 'vi' ? 'en' : 'vi'
  const operations = groups.map(
    ({ name, title, places }) =>
      html`<section aria-labelledby="tag-${name}"><h2 id="tag-${name}">${title}</h2>${places.map((place) => operationView(place, { language, say, view }))}</section>`,
  )
  const main = html`<section aria-labelledby="about"><h2 id="about">${say('about')}</h2>${paragraphs(said({ ...info }, 'description', language))}</section>${startView(document, say)}${rightsView(document, language, say)}${operations}${typesView(schemas, language, say)}${shapesView(document, references, language, say)}${errorsView(document, language, say)}`
  const page = html`<body><a class="skip" href="#main">${say('skip')}</a><header class="top"><h1>${info.title}</h1><p>${say('title')} ${info.version}</p><nav aria-label="${say('title')}"><a href="?lang=${other}" hreflang="${other}" lang="${other}">${say('otherLanguage')}</a><a href="/openapi.json">${say('machine')}</a></nav></header><div class="page">${sidebar(groups, language, say)}<main id="main">${main}</main></div></body>`
  const title = html`<title>${info.title}: ${say('title')}</title>`
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${title}<style>${style}</style></head>${page}</html>
`
}

/** Renders the page of a language once, at its first reading. */
export function createDocsPage(
  schemas: Hub['schemas'],
  openapi: string,
): (language: Language) => string {
  const document = JSON.parse(openapi) as ApiDocument
  const pages = new Map<Language, string>()
  return (language) => {
    const page = pages.get(language) ?? render(document, schemas, language)
    pages.set(language, page)
    return page
  }
}
