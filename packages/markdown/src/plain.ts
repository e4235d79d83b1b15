import type { Rendered } from './rendered.ts'

/** Most comments are shorter. */
const LONGEST = 1_000

/** Letters, digits and punctuation that means nothing in Markdown, in links or in HTML wherever it stands in a line. */
const harmless = /^[\p{L}\p{M}\p{N} \n,.;:!?'"()%€£…–—’‘“”„«»¿¡،؛؟、。，！？：；（）「」『』-]+$/u

/** At the start of a line, what is neither a letter nor such a sign may begin a block: a list, a rule, a heading. */
const blockStart = /^[^\p{L}"'(’‘“„«¿¡\n]/mu

/** Space at the end of a line may be a break. */
const lineEnd = / $/m

/**
 * A comment of nothing but plain paragraphs, as the pipeline would render it, at the cost of looking through it once; null
 * where anything in it may be Markdown.
 */
export function renderPlain(markdown: string): Rendered | null {
  if (markdown.length > LONGEST || !harmless.test(markdown)) return null
  if (markdown.startsWith('\n') || markdown.endsWith('\n')) return null
  if (blockStart.test(markdown) || lineEnd.test(markdown) || /www\./i.test(markdown)) return null
  const paragraphs = markdown.split('\n\n').map((text) => text.replaceAll(/^\n+/g, ''))
  const texts = paragraphs.filter((text) => text !== '')
  const html = texts.map((text) => `<p>${text}</p>`).join('\n')
  return {
    html,
    text: texts.join('\n'),
    words: 0,
    language: null,
    pictures: [],
    headings: [],
    mentions: [],
  }
}
