import type { ArticleSource } from '@galley/contract/publishing/articles'
import { asStored, changedFields, type Content, contentOf, emptyContent } from '../content.ts'
import { mergeContent } from './merge-content.ts'

/** What is being edited: the article as the server has it, the fields as they were then, and as they are. */
type Draft = { article: ArticleSource | null; before: Content; content: Content }

/** Merges a draft with what somebody else has made of the same version. */
export const mergeDraft = (draft: Draft, theirs: ArticleSource) =>
  mergeContent({ base: storedOf(draft), mine: mineOf(draft), theirs: contentOf(theirs) })

/** The fields after a merge; those of the person's own stay as they typed them. */
export function withResult(draft: Draft, result: Content): Content {
  const taken = changedFields(mineOf(draft), result).map((field) => [field, result[field]])
  return { ...draft.content, ...Object.fromEntries(taken) }
}

const storedOf = ({ article }: Draft) => (article ? contentOf(article) : emptyContent)

const mineOf = (draft: Draft) => asStored(storedOf(draft), draft.before, draft.content)
