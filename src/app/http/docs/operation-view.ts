import type { Language } from '../language.ts'
import { label, type OperationObject, type Parameter, said } from './document.ts'
import { type Html, html, nothing, paragraphs } from './html.ts'
import type { SchemaView } from './schema-view.ts'
import type { Say } from './words.ts'

export interface Place {
  readonly method: string
  readonly path: string
  readonly operation: OperationObject
}

interface Reader {
  readonly language: Language
  readonly say: Say
  readonly view: SchemaView
}

function rightOf({ security }: OperationObject, say: Say): Html {
  const [first] = security.filter((one) => Object.keys(one).length > 0)
  if (!first) return html`${say('noKey')}`
  const [scope] = Object.values(first).flat()
  return scope === undefined ? html`${say('anyKey')}` : scopeLink(scope)
}

const scopeLink = (scope: string): Html =>
  html`<a class="right" href="#scope-${scope}">${scope}</a>`

function moreOf(operation: OperationObject, say: Say): Html {
  const scope = operation['x-more-with']
  return scope === undefined ? nothing : html`. ${say('moreWith')}: ${scopeLink(scope)}`
}

function parameterRow(
  { name, in: place, required, description, schema }: Parameter,
  reader: Reader,
): Html {
  const { say, view, language } = reader
  const title = label(schema.title, language)
  const more = label(description, language)
  return html`<tr><td><code>${name}</code> ${required && html`<span class="must">${say('required')}</span>`}</td><td>${say(place)}</td><td>${
    title !== undefined && html`<p>${title}</p>`
  }<p class="kind">${view.kind(schema)}</p>${more !== undefined && html`<p class="soft">${more}</p>`}</td></tr>`
}

function parameterTable(rows: readonly Parameter[], reader: Reader): Html {
  const { say } = reader
  return html`<div class="table"><table><thead><tr><th scope="col">${say('name')}</th><th scope="col">${say('place')}</th><th scope="col">${say('meaning')}</th></tr></thead><tbody>${rows.map(
    (one) => parameterRow(one, reader),
  )}</tbody></table></div>`
}

/** Headers belong to one mode of the intake only, so they are folded away. */
function parameters({ parameters: all = [] }: OperationObject, reader: Reader): Html {
  const { say } = reader
  const headers = all.filter(({ in: place }) => place === 'header')
  const others = all.filter(({ in: place }) => place !== 'header')
  return html`${others.length > 0 && html`<h4>${say('parameters')}</h4>${parameterTable(others, reader)}`}${
    headers.length > 0 &&
    html`<details><summary>${say('headersBinary')}</summary>${parameterTable(headers, reader)}</details>`
  }`
}

function body({ requestBody }: OperationObject, { say, view, language }: Reader): Html {
  if (!requestBody) return nothing
  const rows = Object.entries(requestBody.content).map(([type, { schema = {} }]) => {
    const description = label(schema.description, language)
    return html`<dt><code>${type}</code><span class="kind">${view.kind(schema)}</span></dt><dd>${
      description !== undefined && html`<p>${description}</p>`
    }${view.body(schema)}</dd>`
  })
  return html`<h4>${say('body')}</h4><dl class="fields">${rows}</dl>`
}

function answers({ responses }: OperationObject, { say, view, language }: Reader): Html {
  const entries = Object.entries(responses)
  const rows = entries
    .filter(([, response]) => response['x-codes'] === undefined)
    .map(([status, response]) => {
      const [content] = Object.entries(response.content ?? {})
      const shape = content?.[1].schema
      const kind = shape && Object.keys(shape).length > 0 ? view.kind(shape) : nothing
      return html`<tr><td class="status">${status}</td><td>${said({ ...response }, 'description', language)}</td><td>${kind} ${content && html`<span class="soft">${content[0]}</span>`}</td></tr>`
    })
  const codes = entries.flatMap(([status, response]) =>
    (response['x-codes'] ?? []).map(
      (code) =>
        html`<li><span class="soft">${status}</span> <a href="#error-${code}">${code}</a></li>`,
    ),
  )
  return html`<h4>${say('answers')}</h4><div class="table"><table><tbody>${rows}</tbody></table></div><h4>${say('failures')}</h4><ul class="codes">${codes}</ul>`
}

/** One operation, whole. */
export function operationView({ method, path, operation }: Place, reader: Reader): Html {
  const { say, language } = reader
  const node = { ...operation }
  const id = operation.operationId
  return html`<article aria-labelledby="${id}"><h3 id="${id}"><a class="anchor" href="#${id}">${said(node, 'summary', language)}</a></h3><div class="path"><span class="method ${method}">${method.toUpperCase()}</span><code>${path}</code></div><p>${say('rightNeeded')}: ${rightOf(operation, say)}${moreOf(operation, say)}</p>${paragraphs(said(node, 'description', language))}${parameters(operation, reader)}${body(operation, reader)}${answers(operation, reader)}<h4>${say('example')}</h4>${operation[
    'x-codeSamples'
  ].map(({ source }) => html`<pre><code>${source}</code></pre>`)}</article>`
}
