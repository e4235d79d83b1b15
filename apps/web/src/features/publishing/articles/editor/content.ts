import type { FocalPoint } from '@galley/contract/platform/media'
import { type ArticleSource, CreateArticle } from '@galley/contract/publishing/articles'
import { hasPlaceholder } from './picture-marks.ts'
import { countWords as countWordsOfText } from '@galley/contract/publishing/words'

/** What the editor's fields hold; an empty `coverUrl` means no picture from elsewhere. */
export type Content = {
  title: string
  description: string
  coverUrl: string
  coverMediaId: string | null
  coverFocus: FocalPoint | null
  body: string
  /** Empty: as the text seems to be. */
  language: string
  tags: string[]
}

export type ContentField = keyof Content
export type ContentErrors = Partial<Record<ContentField, string>>

export const contentFields = [
  'title',
  'description',
  'coverUrl',
  'coverMediaId',
  'coverFocus',
  'body',
  'language',
  'tags',
] as const

export const emptyContent: Content = {
  title: '',
  description: '',
  coverUrl: '',
  coverMediaId: null,
  coverFocus: null,
  body: '',
  language: '',
  tags: [],
}

export const contentOf = ({
  title,
  description,
  coverUrl,
  coverMediaId,
  coverFocus,
  body,
  language,
  tags,
}: ArticleSource): Content => ({
  title,
  description,
  coverUrl: coverUrl ?? '',
  coverMediaId,
  coverFocus,
  body,
  language: language ?? '',
  tags,
})

/** The fields that differ between two states of the editor. */
export function changedFields(before: Content, after: Content): ContentField[] {
  return contentFields.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
}

/** What to send so that the server has `after`: only what changed and is valid; the rest is named in `errors`. */
export function changesToSave(before: Content, after: Content) {
  const changes: CreateArticle = {}
  const errors: ContentErrors = {}
  for (const field of changedFields(before, after)) {
    const parsed = CreateArticle.safeParse({ [field]: toInput(after, field) })
    if (parsed.success) Object.assign(changes, parsed.data)
    else errors[field] = parsed.error.issues[0]?.message ?? 'Not valid.'
  }
  return { changes, errors }
}

/** The fields as the server would keep them: what did not change as it has it, what is not valid as it was typed. */
export function asStored(stored: Content, before: Content, after: Content): Content {
  const { coverUrl, language, ...changes } = changesToSave(before, after).changes
  const changed = changedFields(before, after)
  const typed = Object.fromEntries(changed.map((field) => [field, after[field]]))
  return {
    ...stored,
    ...typed,
    ...changes,
    ...(coverUrl !== undefined && { coverUrl: coverUrl ?? '' }),
    ...(language !== undefined && { language: language ?? '' }),
  }
}

/** What an article lacks to be published, at its fields. */
export function missingToPublish({ title, body }: Content): ContentErrors {
  return {
    ...(title.trim() === '' && { title: 'Add a title.' }),
    ...(body.trim() === '' && { body: 'Add some text.' }),
    ...(hasPlaceholder(body) && {
      body: 'A picture has not arrived. Wait for it, or delete its placeholder from the text.',
    }),
  }
}

function toInput(content: Content, field: ContentField) {
  if (field === 'coverUrl') return content.coverUrl.trim() || null
  return field === 'language' ? content.language || null : content[field]
}

/** Words of a Markdown text by the server's rule, without those in the addresses of its links. */
export const countWords = (markdown: string) =>
  countWordsOfText(markdown.replaceAll(/\]\([^()\s]*\)/g, ']'))
