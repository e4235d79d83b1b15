import { Notice } from '@galley/ui/notice'
import { Cover } from '../cover.tsx'
import type { Content } from './content.ts'
import { useCoverPreview } from './use-cover-preview.ts'
import { usePreview } from './use-preview.ts'

/** The article as its readers will see it, a moment behind the typing. */
export function Preview({ content }: { content: Content }) {
  const { html, pending, error } = usePreview(content.body)
  const coverUrl = useCoverPreview(content.coverUrl)
  const nothing = !content.title && !content.description && !content.body.trim()
  return (
    <section aria-label="Preview" aria-busy={pending} className="flex flex-col gap-5">
      {error && <Notice tone="bad" title={error} />}
      {nothing && <p className="text-soft">What you write appears here as it will be read.</p>}
      {content.title && <p className="headline text-3xl">{content.title}</p>}
      {content.description && (
        <p className="font-serif text-[1.375rem] leading-snug text-soft">{content.description}</p>
      )}
      {coverUrl && <Cover src={coverUrl} />}
      <div
        className="prose"
        // Sanitised by the server; see packages/markdown.
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </section>
  )
}
