import { Notice } from '@galley/ui/notice'
import { type RefObject, useRef } from 'react'
import { Prose } from '../../../platform/layout/prose.tsx'
import { Cover } from '../cover.tsx'
import type { Content } from './content.ts'
import { useCoverPreview } from './use-cover-preview.ts'
import { useFollowCaret } from './use-follow-caret.ts'
import { usePreview } from './use-preview.ts'

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
  const coverUrl = useCoverPreview(content.coverUrl)
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
      {coverUrl && <Cover src={coverUrl} />}
      <Prose ref={rendered} html={html} />
    </section>
  )
}
