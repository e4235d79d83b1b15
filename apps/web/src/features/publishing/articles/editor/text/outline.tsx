import { useMemo } from 'react'
import { headingAt, headingsOf } from './headings.ts'

type OutlineProps = {
  body: string
  caret: number
  /** Where the text of a heading ends. */
  onChoose: (at: number) => void
}

/** The headings of the text; each leads the caret to it. */
export function Outline({ body, caret, onChoose }: OutlineProps) {
  const headings = useMemo(() => headingsOf(body), [body])
  const current = headingAt(headings, body, caret)
  const top = Math.min(...headings.map(({ level }) => level))
  return (
    <nav
      aria-label="Outline of the text"
      className="max-h-[40dvh] overflow-y-auto border-y border-rule py-1"
    >
      {headings.length === 0 && (
        <p className="px-2 py-2 text-sm text-soft">The text has no headings yet.</p>
      )}
      <ol>
        {headings.map(({ level, text, at }, index) => (
          <li key={at}>
            <button
              type="button"
              aria-current={index === current ? 'location' : undefined}
              onClick={() => onChoose(at)}
              className={`${indents[level - top] ?? deepest} flex min-h-11 w-full items-center rounded-sm pr-2 text-left text-sm hover:bg-sunken aria-[current]:font-medium sm:pointer-fine:min-h-8`}
            >
              <span className="sr-only">Level {level}: </span>
              <bdi>{text}</bdi>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const deepest = 'pl-14'
const indents = ['pl-2', 'pl-6', 'pl-10', deepest]
