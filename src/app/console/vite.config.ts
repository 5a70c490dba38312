import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { words } from './words/all.ts'
import { inLanguage } from './words/define.ts'

/** Of `npm start`; while the console is being written. */
const hub = 'http://127.0.0.1:8080'

/** `virtual:words/vi`, `virtual:words/en`: written side by side, loaded one at a time. */
function wordsByLanguage(): Plugin {
  const modules = {
    '\0virtual:words/vi': inLanguage(words, 'vi'),
    '\0virtual:words/en': inLanguage(words, 'en'),
  }
  return {
    name: 'words-by-language',
    resolveId: (id) => (`\0${id}` in modules ? `\0${id}` : undefined),
    load: (id) =>
      id in modules
        ? `export default ${JSON.stringify(modules[id as keyof typeof modules])}`
        : undefined,
  }
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), wordsByLanguage()],
  build: {
    outDir: '../../../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    // A script of its own for every module is more requests than it saves; and none of it inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/api': hub, '/docs': hub, '/openapi.json': hub } },
})
