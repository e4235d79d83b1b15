import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isFresh, REVALIDATED, SHAREABLE } from '../../plugins/public-answers.ts'
import { joinHead, type PublicPageCache, splitHead } from '../../public-reads.ts'
import type { WebBuild } from '../../web-build.ts'
import { ageOf, etagOf, isCurrent, lastModifiedOf, type Validators } from '../rest/etag.ts'
import { hashScripts } from './hash-scripts.ts'

/** A page that is the same for all who bring no credentials, as one of them gets it. */
export type PublicPage = { address: string; encoding: Encoding }

/** Makes the page of an address, for nobody in particular; its scripts carry the nonce. It names the ids of what it shows. */
export type Render = (
  address: string,
  nonce: string,
  onDependency: (id: string) => void,
) => Promise<Response>

/** Any page but one with status 200: it is sent to those who wait for it, and forgotten. */
export class NotKept extends Error {
  readonly page: Response

  constructor(page: Response) {
    super(`A page with status ${page.status} is not kept`)
    this.page = page
  }
}

type Options = {
  pages: PublicPageCache
  webBuild: Pick<WebBuild, 'publicAddressOf'>
  policyOf(hashes: string[]): string
}

/** What everybody may read, as finished bytes. */
export function createPublicPages({ pages, webBuild, policyOf }: Options) {
  return {
    /** Undefined where the page may be another for the next one, or the address is not worth to be kept. */
    find({ method, headers, url }: FastifyRequest): PublicPage | undefined {
      if (method !== 'GET' && method !== 'HEAD') return undefined
      if (headers.cookie !== undefined || headers.authorization !== undefined) return undefined
      const address = webBuild.publicAddressOf(url)
      return address === undefined
        ? undefined
        : { address, encoding: encodingOf(headers['accept-encoding']) }
    },
    /** The current bytes, where there are any. */
    peek: (page: PublicPage) => pages.peek(keyOf(page)),
    /** The same, or what `render` makes: one for all who ask. Throws NotKept. */
    get: (page: PublicPage, render: Render) =>
      pages.getOrSet(keyOf(page), (onDependency) => make(page, render, onDependency)),
  }

  async function make(
    { address, encoding }: PublicPage,
    render: Render,
    onDependency: (id: string) => void,
  ): Promise<Buffer> {
    const nonce = randomBytes(16).toString('base64url')
    const page = await render(address, nonce, onDependency)
    const { html, hashes } = hashScripts(await page.text(), nonce)
    const { status, headers } = page
    headers.set('content-security-policy', policyOf(hashes))
    if (status !== 200 || headers.has('set-cookie')) {
      throw new NotKept(new Response(html || null, { status, headers }))
    }
    const head: Head = {
      etag: etagOf(`${encoding} ${html}`, undefined),
      madeAt: Date.now(),
      encoding,
      type: headers.get('content-type') ?? 'text/html; charset=utf-8',
      policy: policyOf(hashes),
    }
    return joinHead(head, await compress[encoding](html))
  }
}

/** What a page depends on. */
export const VARY = 'accept, accept-encoding, authorization, cookie'

/** Sends a page that is kept, or 304 to who has it. */
export function sendPublicPage(reply: FastifyReply, bytes: Buffer) {
  const { head, body } = splitHead(bytes)
  const page: Head = JSON.parse(head)
  const { etag, encoding, type, policy } = page
  reply.headers({
    'cache-control': isFresh(page) ? SHAREABLE : REVALIDATED,
    etag,
    'last-modified': lastModifiedOf(page),
    age: ageOf(page),
    // On a 304 too: a cache takes its headers for those of what it keeps.
    'content-security-policy': policy,
    vary: VARY,
  })
  if (isCurrent(page, reply.request.headers)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.header('content-type', type).send(body)
}

type Head = Validators & { encoding: Encoding; type: string; policy: string }

type Encoding = keyof typeof compress

/** The page is made once and sent often. */
const compress = {
  br(html: string): Promise<Buffer> {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
    return promisify(brotliCompress)(html, { params })
  },
  gzip: (html: string): Promise<Buffer> => promisify(gzip)(html),
  identity: async (html: string) => Buffer.from(html),
}

/** As `@fastify/compress` chooses for all other pages. */
const encodingOf = (accepted = ''): Encoding =>
  negotiate(accepted.toLowerCase().replaceAll(/\*|x-gzip/g, 'gzip'), ['br', 'gzip']) ?? 'identity'

const keyOf = ({ address, encoding }: PublicPage) => `${encoding} ${address}`
