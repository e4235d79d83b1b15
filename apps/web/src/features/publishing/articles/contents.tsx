import type { ArticleView } from '@galley/contract/publishing/articles'
import { useEffect, useRef } from 'react'

type ContentsProps = { article: ArticleView; headings: ArticleView['headings'] }

/** The table of contents of a long text: beside it where there is room, in the way of it, folded up, where there is none. */
export function Contents({ article, headings }: ContentsProps) {
  const beside = useCurrentSection(headings)
  const list = (
    <ol lang={article.language ?? undefined} className="flex flex-col gap-2 text-sm leading-snug">
      {headings.map(({ id, text, level }) => (
        <li key={id} dir="auto" className={level > 2 ? 'ps-4' : ''}>
          <a
            href={`#${encodeURIComponent(id)}`}
            className="text-soft hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
          >
            {text}
          </a>
        </li>
      ))}
    </ol>
  )
  return (
    <>
      <details className="mb-10 rounded-md border border-rule px-4 xl:hidden print:hidden">
        <summary className="py-3 text-sm font-medium">Contents</summary>
        <nav aria-label="Contents" className="pb-4">
          {list}
        </nav>
      </details>
      <div className="absolute inset-y-0 right-full mr-10 w-52 max-xl:hidden print:hidden">
        <nav
          ref={beside}
          aria-label="Contents"
          className="sticky top-8 max-h-[calc(100dvh-4rem)] overflow-y-auto py-1"
        >
          <p className="eyebrow mb-3 text-soft">Contents</p>
          {list}
        </nav>
      </div>
    </>
  )
}

/** Marks the section that is being read where the contents stand beside the text. */
function useCurrentSection(headings: ArticleView['headings']) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    const { current } = nav
    if (!current || !window.matchMedia('(min-width: 80rem)').matches) return
    let end: (() => void) | undefined
    let isGone = false
    const mark = async () => {
      const { markCurrentSection } = await import('./current-section.ts')
      if (!isGone) end = markCurrentSection([...current.querySelectorAll('a')], headings)
    }
    void mark()
    return () => {
      isGone = true
      end?.()
    }
  }, [headings])
  return nav
}
