import { ArticleSource } from '@galley/contract/publishing/articles'
import type { FastifyInstance } from 'fastify'
import { callProcedure, fieldsOf, formOptions, type FormRoute } from '../form.ts'
import { escape, sendAgain } from './again-page.ts'

const names = ['title', 'description', 'body', 'tags'] as const

type Fields = Record<(typeof names)[number], string>
type Place = { id: string; version: string }

/** What the plain form of the editor sends where no script runs: the article is made or changed, and published if asked. */
export function addArticleForm(app: FastifyInstance) {
  const options = formOptions(app, { needsSignIn: true })
  app.post<FormRoute>('/articles', options, async ({ body }, reply) => {
    const fields = fieldsOf(body, [...names])
    const place = fieldsOf(body, ['id', 'version'])
    const input = { ...fields, tags: tagsOf(fields.tags) }
    const saved =
      place.id === ''
        ? await callProcedure('articles.create', input, reply)
        : await callProcedure(
            'articles.update',
            { ...input, ...idOf(place, body.has('over')) },
            reply,
          )
    if (saved.error) {
      const title = 'Your article was not saved'
      return sendAgain(reply, {
        title,
        error: saved.error,
        form: formOf(fields, place, saved.error.reason),
      })
    }
    const article = ArticleSource.parse(saved.data)
    if (!body.has('publish')) return reply.redirect(`/editor/${article.id}`, 303)
    const { id, version } = article
    const published = await callProcedure('articles.publish', { id, version }, reply)
    if (published.error) {
      const title = 'Your article is saved, but not published'
      const form = formOf(fields, { id, version: String(version) })
      return sendAgain(reply, { title, error: published.error, form })
    }
    return reply.redirect(`/articles/${encodeURIComponent(article.slug)}`, 303)
  })
}

const idOf = ({ id, version }: Place, isOver: boolean) => ({
  id,
  version: isOver ? 'any' : Number(version),
})

const tagsOf = (list: string) =>
  list
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')

function formOf(
  { title, description, body, tags }: Fields,
  { id, version }: Place,
  reason?: string,
) {
  const isStale = reason === 'article/stale-version'
  return `
<form method="post" action="/forms/articles">
  <input type="hidden" name="id" value="${escape(id)}">
  <input type="hidden" name="version" value="${escape(version)}">
  <p><label for="title">Title</label>
  <input id="title" name="title" value="${escape(title)}"></p>
  <p><label for="description">Description</label>
  <textarea id="description" name="description" rows="2">
${escape(description)}</textarea></p>
  <p><label for="body">Text (Markdown)</label>
  <textarea id="body" name="body" rows="20">
${escape(body)}</textarea></p>
  <p><label for="tags">Tags, with commas between them</label>
  <input id="tags" name="tags" value="${escape(tags)}"></p>
  ${isStale ? '<p><label><input type="checkbox" name="over"> Save it over what is there now</label></p>' : ''}
  <p><button type="submit">Save</button> <button type="submit" name="publish" value="yes">Save and publish</button>
  <a href="/editor/${escape(id || 'new')}">Back to what is saved</a></p>
</form>`
}
