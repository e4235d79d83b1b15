import type { Place, PresentPerson } from '@galley/contract/publishing/presence'
import { headingAt, headingsOf } from '../text/headings.ts'
import type { OtherCaret } from '../text/text-editor.ts'

/** Where somebody is in an article whose text is `body`, at the caret that they had in it last. */
export function placeOf(
  field: Place['field'] | undefined,
  body: string,
  caret: number | undefined,
): Place | null {
  if (field !== 'text') return field === undefined ? null : { field }
  const before = body.slice(0, caret ?? 0)
  const lines = before.split('\n')
  const headings = headingsOf(body)
  const heading = toLine(headings[headingAt(headings, body, before.length)]?.text ?? '')
  return {
    field,
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    ...(heading !== '' && { heading }),
  }
}

/** As the server takes it; of what is written in a heading, what acts on the text around it is left out. */
const toLine = (text: string) =>
  Array.from(text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' '))
    .slice(0, 200)
    .join('')
    .trim()

/** Where somebody is, in words that follow their name; empty where that is in none of the fields. */
export function placeInWords({ place }: PresentPerson): string {
  if (!place) return ''
  if (place.field !== 'text') return `in the ${place.field}`
  return place.heading === undefined ? `at line ${place.line ?? 1}` : `at “${place.heading}”`
}

/** Those who are in the text, as it marks them. */
export const caretsOf = (people: readonly PresentPerson[]): OtherCaret[] =>
  people.flatMap(({ person: { displayName }, place }) =>
    place?.field === 'text'
      ? [{ name: displayName, line: place.line ?? 1, column: place.column ?? 1 }]
      : [],
  )
