import { RouterClient } from '@tanstack/react-router/ssr/client'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { keepPageWhenOffline } from './lib/connection.ts'
import { getRouter } from './router.tsx'

keepPageWhenOffline()

// Not <StartClient>: that brings the client of server functions, which this app has none of (9 kB of each first page).
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RouterClient router={getRouter()} />
    </StrictMode>,
  )
})
