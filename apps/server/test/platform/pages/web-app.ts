import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import type { WebContext } from '@galley/web/host'
import { afterAll, beforeEach } from 'vitest'
import { useApp } from '../../app.ts'

type Seen = {
  url: string
  method: string
  cookie: string | null
  request: Request
  context: WebContext
}

/** Stands in for the built pages. */
type Web = {
  /** What the pages were asked for in this test. */
  seen: Seen[]
  /** Makes the page; each test begins with the same small one. */
  answer: (seen: Seen) => Response | Promise<Response>
  /** Which addresses are of public pages; none at the beginning of each test. */
  publicAddressOf: (target: string) => string | undefined
}

type Variables = Parameters<typeof useApp>[0]

const page = () =>
  new Response('<p>page</p>', { headers: { 'content-type': 'text/html', vary: 'accept' } })

/** The real app over files and pages of this test. */
export function useWebApp(variables: Variables = {}, { measured = false } = {}) {
  const clientDir = makeFiles()
  afterAll(() => rmSync(clientDir, { recursive: true }))
  const web: Web = { seen: [], answer: page, publicAddressOf: () => undefined }
  beforeEach(() => {
    web.seen = []
    web.answer = page
    web.publicAddressOf = () => undefined
  })
  const on = useApp(variables, {
    measured,
    webBuild: {
      clientDir,
      publicAddressOf: (target) => web.publicAddressOf(target),
      pageRouteOf: (target) => (target.startsWith('/people/') ? '/people/$name' : undefined),
      async fetch(request, { context }) {
        const { url, method, headers } = request
        const one = { url, method, cookie: headers.get('cookie'), request, context }
        web.seen.push(one)
        return web.answer(one)
      },
    },
  })
  return { on, web }
}

/** The content of `assets/big-3c4d.js`, which the build has compressed. */
export const script = 'const answer = 42\n'.repeat(200)

function makeFiles(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-web-'))
  const write = (file: string, content: string | Buffer) =>
    writeFileSync(path.join(folder, file), content)
  mkdirSync(path.join(folder, 'assets'))
  mkdirSync(path.join(folder, '.hidden'))
  for (const file of [
    'assets/app-1a2b.js',
    'assets/app-1a2b.js.map',
    'icon.svg',
    '.env',
    '.hidden/x.txt',
  ]) {
    write(file, `content of ${file}`)
  }
  write('assets/big-3c4d.js', script)
  write('assets/big-3c4d.js.br', brotliCompressSync(script))
  write('assets/big-3c4d.js.gz', gzipSync(script))
  return folder
}

export const decoders = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (bytes: Buffer) => bytes,
}

/** What a client accepts, and the encoding that it gets. */
export const accepted: [header: string | undefined, encoding: keyof typeof decoders][] = [
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['deflate', 'identity'],
  ['identity', 'identity'],
  [undefined, 'identity'],
]

export const accepting = (encoding: string | undefined) =>
  encoding === undefined ? {} : { 'accept-encoding': encoding }
