import type { ArticlePreview, PreviewArticle } from '@galley/contract/publishing/articles'
import type { AuthedCtx } from '../ctx.ts'
import { render } from '../render.ts'

/** What a text will look like; nothing is stored. */
export async function previewArticle(
  ctx: AuthedCtx,
  input: PreviewArticle,
): Promise<ArticlePreview> {
  const { html, words } = await render(ctx, input.body)
  return { bodyHtml: html, words }
}
