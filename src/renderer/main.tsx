import '@fontsource/noto-sans-thai-looped/thai-400.css'
import '@fontsource/noto-sans-thai-looped/thai-500.css'
import '@fontsource/noto-sans-thai-looped/thai-600.css'
import '@fontsource/noto-sans-thai-looped/thai-700.css'
import '@fontsource/noto-sans-thai-looped/latin-400.css'
import '@fontsource/noto-sans-thai-looped/latin-500.css'
import '@fontsource/noto-sans-thai-looped/latin-600.css'
import '@fontsource/noto-sans-thai-looped/latin-700.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { createQueries } from './app/queries.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueries()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
