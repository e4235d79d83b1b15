/** The look of one tab. */
export const tabClass =
  '-mb-px border-b-2 border-transparent px-1 py-2.5 text-sm font-medium text-soft transition-colors hover:text-ink'

/** The look of one link in a row of links that behave like tabs; `aria-current` marks where one is. */
export const tabLinkClass = `${tabClass} aria-[current=page]:border-accent aria-[current=page]:text-ink`

export const tabRowClass = 'flex gap-6 border-b border-rule'
