import { isBlank } from './blank.ts'
import type { Compared, ComparedText } from './compare/compare.ts'
import { renderPlain } from './plain.ts'
import { createRenderThreads, type Request } from './render-threads.ts'
import { RENDER_VERSION, type Profile, type Rendered } from './rendered.ts'

export { MarkdownTooComplex, RendererBusy } from './errors.ts'
export { RENDER_VERSION } from './rendered.ts'
export type { ComparedText } from './compare/compare.ts'
export type { Heading, People, Picture, Pictures, Rendered, UsedPicture } from './rendered.ts'

const IDLE_MS = 30_000
const HEAP_MB = 256

/** Characters that may wait: ten of the longest articles, two of one person. */
const CAPACITY = 1_000_000
const SHARE = 200_000

/**
 * `pictures` are those of the media library that the text may show, `people` those that a comment may mention. `idScope`,
 * letters, tells its ids from those of other texts on the page.
 */
export type RenderOptions = Omit<Request, 'profile'> & { profile?: Profile }

export type MarkdownRenderer = {
  /** RENDER_VERSION, for those that hold the renderer and not this module. */
  readonly version: number
  render(markdown: string, options: RenderOptions): Promise<Rendered>
  /** What differs between two texts and what `render` made of them. */
  compare(
    before: ComparedText,
    after: ComparedText,
    options: Pick<RenderOptions, 'holder' | 'signal'>,
  ): Promise<Compared>
  /** Whether a reader sees nothing of HTML that `render` made. */
  isBlank(html: string): boolean
  close(): Promise<void>
} & AsyncDisposable

/**
 * Renders Markdown to safe HTML on threads of its own; a short comment without Markdown at once. `timeLimitMs` counts from the moment that a
 * thread begins with a document. `render` throws MarkdownTooComplex where the document passes a
 * limit, RendererBusy where too much waits already, and what `signal` says when it is aborted;
 * holders take turns. `close` waits for what is being rendered and ends the threads.
 */
export function createMarkdownRenderer(
  options: { timeLimitMs?: number; maxThreads?: number } = {},
): MarkdownRenderer {
  const { timeLimitMs = 2000, maxThreads = 1 } = options
  const threads = createRenderThreads({
    timeLimitMs,
    maxThreads,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
    capacity: CAPACITY,
    share: SHARE,
  })
  return {
    version: RENDER_VERSION,
    async render(markdown, { profile = 'article', ...request }) {
      request.signal?.throwIfAborted()
      const plain = profile === 'comment' ? renderPlain(markdown) : null
      return plain ?? threads.render(markdown, { ...request, profile })
    },
    compare: (before, after, ticket) => threads.compare({ before, after }, ticket),
    isBlank,
    close: () => threads.close(),
    [Symbol.asyncDispose]: () => threads.close(),
  }
}
