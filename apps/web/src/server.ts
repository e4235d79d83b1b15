import { getGlobalStartContext } from '@tanstack/react-start'
import {
  createStartHandler,
  defaultRenderHandler,
  defaultStreamHandler,
} from '@tanstack/react-start/server'
import { createServerEntry } from '@tanstack/react-start/server-entry'
import { SiteView } from '@galley/contract/platform/site'
import { z } from 'zod'
import type { WebContext } from './host.ts'
import { env } from './env.ts'
import { partsAtHand } from './lib/lazy-in-browser.ts'
import { pageRouteOf } from './page-routes.ts'
import { publicAddressOf } from './public-address.ts'

declare module '@tanstack/react-start' {
  interface Register {
    server: { requestContext: WebContext }
  }
}

/** What is for all is finished before it is sent, and made as a whole: that costs less than a stream. */
const handler = createStartHandler(async (page) => {
  await partsAtHand()
  return getGlobalStartContext()?.isForAll ? defaultRenderHandler(page) : defaultStreamHandler(page)
})

const entry = createServerEntry({
  async fetch(request, options) {
    const context = options?.context ?? (await developmentContext(request))
    return handler(request, { ...options, context })
  },
})

export default { ...entry, pageRouteOf, publicAddressOf }

const SiteAnswer = z.object({ result: z.object({ data: SiteView }) })

/** Stands in for the host under `vite dev`: the API is another process, and no policy is sent. */
async function developmentContext(request: Request): Promise<WebContext> {
  if (!import.meta.env.DEV) throw new Error('The host passed no context with the request.')
  const api = `http://127.0.0.1:${env.apiPort}`
  // By tRPC, which tells it in maintenance too: the pages to sign in are shown then.
  const answer = await fetch(`${api}/trpc/site.get`, { signal: request.signal })
  const { result } = SiteAnswer.parse(await answer.json())
  return {
    nonce: undefined,
    requestId: request.headers.get('x-request-id') ?? crypto.randomUUID(),
    origin: `http://localhost:${env.port}`,
    site: result.data,
    api: (call) => {
      const target = new URL(call.url)
      target.host = `127.0.0.1:${env.apiPort}`
      return fetch(target, { headers: call.headers, signal: call.signal })
    },
  }
}
