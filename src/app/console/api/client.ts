/** The operator's API, typed from the same operations as its documentation. */
import createFetchClient, { type Middleware } from 'openapi-fetch'
import createClient from 'openapi-react-query'
import type { components, paths } from '../generated/api.ts'
import { languageNow } from '../words/i18n.ts'
import { sessionEnded } from './session-end.ts'

export type Schemas = components['schemas']
export type ApiProblem = Schemas['Problem']

/** Whoever has not touched the page for so long has not asked for what it asks. */
const touchedMs = 60_000
let lastTouchMs = performance.now()
for (const touch of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
  addEventListener(
    touch,
    () => {
      lastTouchMs = performance.now()
    },
    { capture: true, passive: true },
  )

/** Every request says that a page of ours sends it; one that nobody asked for does not prolong the session. */
const own: Middleware = {
  onRequest({ request }) {
    request.headers.set('Hub-Console', '1')
    if (performance.now() - lastTouchMs > touchedMs) request.headers.set('Hub-Background', '1')
    request.headers.set('Accept-Language', languageNow())
  },
  onResponse({ request, response }) {
    const isSigningIn = request.method === 'POST' && request.url.includes('/api/v1/session')
    if (response.status === 401 && !isSigningIn) sessionEnded()
  },
}

export const http = createFetchClient<paths>({ baseUrl: '/' })
http.use(own)

/** `api.useQuery('get', '/api/v1/…', { params })`, `api.useMutation('post', '/api/v1/…')`. */
export const api = createClient(http)
