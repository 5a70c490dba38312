import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './base.css'
import { giveNonceToStyles } from './frame/nonce.ts'
import { startWords } from './words/i18n.ts'

const place = document.getElementById('console')
if (!place) throw new Error('the page has no place for the console')
giveNonceToStyles()
await startWords()
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
