import { articles } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { AppError } from '@galley/platform/errors'
import { render, renderedOrStored } from '../render.ts'
import { findArticle } from './queries.ts'

/** The columns that a Markdown text fills. */
export async function renderedBody(ctx: Ctx, body: string) {
  const { html, words, language } = await render(ctx, body)
  return {
    body,
    bodyHtml: html,
    words,
    detectedLanguage: language,
    renderVersion: ctx.markdown.version,
  }
}

type Stored = { id: string; bodyHtml: string; renderVersion: number }

/** The stored HTML, rendered again first where an older renderer made it; no new version of the article. */
export async function currentBodyHtml(ctx: Ctx, article: Stored): Promise<string> {
  if (article.renderVersion === ctx.markdown.version) return article.bodyHtml
  // The Markdown is only read here: a page needs its HTML alone.
  const source = await findArticle(ctx.db, article.id)
  if (!source) throw new AppError('article/not-found')
  const rendered = await renderedOrStored(ctx, article.bodyHtml, renderedBody(ctx, source.body))
  if (!rendered) return article.bodyHtml
  await ctx.db
    .update(articles)
    .set(rendered)
    .where(and(eq(articles.id, article.id), eq(articles.version, source.version)))
  return rendered.bodyHtml
}
