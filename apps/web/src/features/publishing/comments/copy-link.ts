import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { notify } from '../../../lib/notify.ts'
import { anchorOf } from './queries.ts'

/** Puts the address of a comment on the clipboard. */
export async function copyLink(comment: CommentView, { slug }: ArticleView): Promise<void> {
  const { href } = new URL(
    `/articles/${encodeURIComponent(slug)}#${anchorOf(comment)}`,
    location.href,
  )
  try {
    await navigator.clipboard.writeText(href)
    await notify({ title: 'The link to this comment is copied.' })
  } catch {
    await notify({ title: 'The link could not be copied.', description: href, tone: 'bad' })
  }
}
