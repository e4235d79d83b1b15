import type { ArticlePreview, PreviewArticle } from '@galley/contract/publishing/articles'
import { isEditor } from '@galley/platform/actor'
import type { AuthedCtx } from '../ctx.ts'
import { render } from '../render.ts'
import { shownPictures } from './pictures.ts'

/** What a text will look like; nothing is stored. */
export async function previewArticle(
  ctx: AuthedCtx,
  input: PreviewArticle,
): Promise<ArticlePreview> {
  const { actor } = ctx
  const pictures = await shownPictures(ctx, input.body, {
    ownerIds: [actor.user.id],
    readerId: actor.user.id,
    anyUsed: isEditor(actor),
  })
  // Beside it the page may show the text as it is stored.
  const { html, words } = await render(ctx, input.body, { pictures, idScope: 'preview' })
  return { bodyHtml: html, words }
}
