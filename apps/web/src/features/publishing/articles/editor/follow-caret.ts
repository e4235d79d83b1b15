import { type RefObject, useEffect } from 'react'

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

/** Where one writes: the caret in a Markdown text. */
export type Caret = { text: string; at: number }

/**
 * Which of the rendered blocks, by their texts, shows the line of the caret: one with its words, the nearest to where
 * the caret is in the whole where several have them; where none has, the one at about the same part of the way.
 */
export function findBlock({ text, at }: Caret, blocks: readonly string[]): number {
  const about = Math.min(blocks.length - 1, Math.floor((at / (text.length + 1)) * blocks.length))
  const words = wordsOf(lineAt(text, at))
  if (words === '') return about
  const matches = blocks.flatMap((block, index) => (block.includes(words) ? [index] : []))
  return (
    matches.reduce<number | undefined>((best, index) => nearer(best, index, about), undefined) ??
    about
  )
}

/** The letters and digits of a text, markup and the addresses of links left out. */
export const wordsOf = (text: string) =>
  text
    .replaceAll(/\]\([^()\s]*\)/g, ']')
    .match(/[\p{L}\p{M}\p{N}]+/gu)
    ?.join(' ') ?? ''

function nearer(best: number | undefined, index: number, about: number) {
  return best === undefined || Math.abs(index - about) < Math.abs(best - about) ? index : best
}

/** The line at this place; where it is blank, the one before it that is not. */
function lineAt(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd()
  const isBlank = before.length < at && text.slice(before.length, at).includes('\n')
  const place =
    isBlank &&
    text
      .slice(at)
      .match(/^[^\n]*/)?.[0]
      .trim() === ''
      ? before.length
      : at
  const start = text.lastIndexOf('\n', place - 1) + 1
  const end = text.indexOf('\n', place)
  return text.slice(start, end === -1 ? text.length : end)
}
