import { ImageUrl } from '@galley/contract/publishing/article-fields'
import { Notice } from '@galley/ui/notice'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { messageOf } from '../../../../lib/errors.ts'
import { useTRPC, useTRPCClient } from '../../../../lib/trpc.ts'
import { mediaItem } from '../../../platform/media/queries.ts'
import { Prose } from '../../../platform/layout/prose.tsx'
import { Cover, type CoverOf, hasCover } from '../article-meta.tsx'
import type { Content } from './content.ts'
import { useFollowCaret } from './follow-caret.ts'

type PreviewProps = {
  content: Content
  /** Where one writes in the text, once one does. */
  caret: number | undefined
  /** What scrolls; the page itself where there is none. */
  box?: RefObject<HTMLElement | null>
}

/** The article as its readers will see it, a moment behind the typing, and at the place where one writes. */
export function Preview({ content, caret, box }: PreviewProps) {
  const { html, pending, error } = usePreview(content.body)
  const rendered = useRef<HTMLDivElement>(null)
  useFollowCaret(rendered, box, { html, body: content.body, caret })
  const cover = useCoverPreview(content)
  const nothing = !content.title && !content.description && !content.body.trim()
  return (
    <section aria-label="Preview" aria-busy={pending} className="flex flex-col gap-5">
      {error && <Notice tone="bad" title={error} />}
      {nothing && <p className="text-soft">Your article appears here as readers will see it.</p>}
      {content.title && (
        <p dir="auto" className="headline text-3xl">
          {content.title}
        </p>
      )}
      {content.description && (
        <p dir="auto" className="font-serif text-[1.375rem] leading-snug text-soft">
          {content.description}
        </p>
      )}
      {hasCover(cover) && <Cover article={cover} sizes="(min-width: 64rem) 34rem, 92vw" />}
      <Prose ref={rendered} html={html} />
    </section>
  )
}

const pauseInTyping = 500

type Rendered = { body: string; html: string; error: string | undefined }

/** The HTML of a Markdown text, made by the server after a pause in typing; the last one stays until the next. */
function usePreview(body: string) {
  const client = useTRPCClient()
  const [rendered, setRendered] = useState<Rendered>({ body: '', html: '', error: undefined })
  const empty = body.trim() === ''
  useEffect(() => {
    if (empty) return
    const abort = new AbortController()
    const render = async () => {
      try {
        const { bodyHtml } = await client.articles.preview.mutate(
          { body },
          { signal: abort.signal },
        )
        setRendered({ body, html: bodyHtml, error: undefined })
      } catch (error) {
        if (abort.signal.aborted) return
        setRendered(({ html }) => ({ body, html, error: messageOf(error) }))
      }
    }
    const timer = setTimeout(() => void render(), pauseInTyping)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [client, body, empty])
  if (empty) return { html: '', error: undefined, pending: false }
  return { html: rendered.html, error: rendered.error, pending: rendered.body !== body }
}

const pauseInAddress = 800

function useCoverPreview({ coverUrl, coverMediaId, coverFocus }: Content): CoverOf {
  const elsewhere = useSettledAddress(coverUrl)
  const chosen = useQuery({
    ...mediaItem(useTRPC(), coverMediaId ?? ''),
    enabled: coverMediaId !== null,
  })
  const picture = coverMediaId === null ? null : chosen.data?.picture
  return {
    cover: picture ? { ...picture, focus: coverFocus } : null,
    coverUrl: elsewhere ?? null,
  }
}

/** The address once it is whole and allowed; every half-typed one would be a request in vain. */
function useSettledAddress(typed: string) {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), pauseInAddress)
    return () => clearTimeout(timer)
  }, [typed])
  const parsed = ImageUrl.safeParse(settled)
  return parsed.success && parsed.data !== '' ? parsed.data : undefined
}
