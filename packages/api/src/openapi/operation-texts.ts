import type { OperationText } from './operation-text.ts'
import { articles } from './operations/articles.ts'
import { comments } from './operations/comments.ts'
import { others, people } from './operations/people.ts'
import { programs } from './operations/programs.ts'

const texts: Record<string, OperationText> = {
  ...programs,
  ...articles,
  ...comments,
  ...people,
  ...others,
}

/** Of the operation with this name. */
export function textOf(name: string): OperationText {
  const text = texts[name]
  if (!text) throw new Error(`The OpenAPI document has no text for ${name}`)
  return text
}

export const namesWithText = Object.keys(texts)
