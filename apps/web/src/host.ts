import type { SiteView } from '@galley/contract/platform/site'

/** What whoever hosts the web app passes with each request: `fetch(request, { context })`. */
export type WebContext = {
  /** Of the Content-Security-Policy of this response; undefined where none is sent. */
  nonce: string | undefined
  requestId: string
  /** Public origin of the site, `https://example.org`; canonical addresses are built from it. */
  origin: string
  site: SiteView
  /** Answers one tRPC request below `/trpc`, as the visitor whose cookies it carries. */
  api: (request: Request) => Promise<Response>
}
