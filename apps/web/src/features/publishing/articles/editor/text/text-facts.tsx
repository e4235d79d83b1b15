import { useMemo } from 'react'
import { readingMinutes } from '../../article-meta.tsx'
import { countWords } from '../content.ts'

/** How long the text is, as readers will be told. */
export function TextFacts({ body }: { body: string }) {
  const words = useMemo(() => countWords(body), [body])
  return (
    <p className="flex gap-2 text-xs text-soft tabular-nums">
      <span>
        {words} {words === 1 ? 'word' : 'words'}
      </span>
      {words > 0 && (
        <>
          <span aria-hidden="true">·</span>
          <span>{readingMinutes(words)} min read</span>
        </>
      )}
    </p>
  )
}
