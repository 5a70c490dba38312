import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const hub = process.env.HUB_ADDRESS ?? 'http://127.0.0.1:8080'

export default defineConfig({
  base: '/console/',
  plugins: [react()],
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
