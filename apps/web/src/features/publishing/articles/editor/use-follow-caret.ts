import { type RefObject, useEffect } from 'react'
import { findBlock, wordsOf } from './caret-place.ts'

const blocks = 'p, li, h1, h2, h3, h4, h5, h6, pre, tr, figcaption, dt, dd, summary'

/**
 * Keeps in view what the line of the caret has become. `box` is what scrolls beside the text; without one (a small
 * screen) the page itself goes there. Nothing moves before there is a caret.
 */
export function useFollowCaret(
  rendered: RefObject<HTMLElement | null>,
  box: RefObject<HTMLElement | null> | undefined,
  { html, body, caret }: { html: string; body: string; caret: number | undefined },
) {
  useEffect(() => {
    if (caret === undefined || html === '') return
    const frame = requestAnimationFrame(() => {
      const elements = [...(rendered.current?.querySelectorAll<HTMLElement>(blocks) ?? [])]
      const texts = elements.map(({ textContent }) => wordsOf(textContent))
      const element = elements[findBlock({ text: body, at: caret }, texts)]
      if (!element) return
      if (box?.current) scrollWithin(box.current, element)
      else element.scrollIntoView({ block: 'center' })
    })
    return () => cancelAnimationFrame(frame)
  }, [rendered, box, html, body, caret])
}

/** To a third from the top, unless it can be seen already. */
function scrollWithin(box: HTMLElement, element: HTMLElement) {
  const { top, bottom } = element.getBoundingClientRect()
  const frame = box.getBoundingClientRect()
  const isSeen = top >= frame.top && Math.min(bottom, top + 40) <= frame.bottom
  if (!isSeen) box.scrollTop += top - frame.top - frame.height / 3
}
