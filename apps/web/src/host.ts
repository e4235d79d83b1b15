import type { SiteView } from '@galley/contract/platform/site'

/** What the host of the web app passes with each request: `fetch(request, { context })`. */
export type WebContext = {
  /** Of the Content-Security-Policy of this response; undefined where none is sent. */
  nonce: string | undefined
  requestId: string
  /** Whether the page is for all who ask: then it holds nothing of this request, unless it fails. */
  isForAll?: boolean
  /** Public origin of the site, `https://example.org`; canonical addresses are built from it. */
  origin: string
  site: SiteView
  /** Responds to one tRPC request below `/trpc`, as the visitor whose cookies it carries. */
  api: (request: Request) => Promise<Response>
}
