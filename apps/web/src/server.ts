import handler, { createServerEntry } from '@tanstack/react-start/server-entry'
import type { WebContext } from './host.ts'
import { env } from './env.ts'

declare module '@tanstack/react-start' {
  interface Register {
    server: { requestContext: WebContext }
  }
}

export default createServerEntry({
  fetch(request, options) {
    const context = options?.context ?? developmentContext(request)
    return handler.fetch(request, { ...options, context })
  },
})

/** Stands in for the host under `vite dev`: the API is another process, and no policy is sent. */
function developmentContext(request: Request): WebContext {
  if (!import.meta.env.DEV) throw new Error('The host passed no context with the request.')
  return {
    nonce: undefined,
    requestId: request.headers.get('x-request-id') ?? crypto.randomUUID(),
    origin: `http://localhost:${env.port}`,
    api: (call) => {
      const target = new URL(call.url)
      target.host = `127.0.0.1:${env.apiPort}`
      return fetch(target, { headers: call.headers, signal: call.signal })
    },
  }
}
