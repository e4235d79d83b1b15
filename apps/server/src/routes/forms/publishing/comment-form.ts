import { CommentView } from '@galley/contract/publishing/comments'
import { safeNext } from '@galley/contract/platform/safe-next'
import type { FastifyInstance } from 'fastify'
import { pathOf, queryOf } from '../../../paths.ts'
import { callProcedure, fieldsOf, formOptions, type FormRoute, nextOf } from '../form.ts'
import { escape, sendAgain, sendFormPage } from './again-page.ts'

/** What the form under an article sends where no script runs. */
export function addCommentForm(app: FastifyInstance) {
  const options = formOptions(app, { needsSignIn: true })
  app.post<FormRoute>('/comments', options, async ({ body }, reply) => {
    const parentId = body.get('parentId')
    const input = {
      ...fieldsOf(body, ['articleId', 'body']),
      ...(parentId !== null && { parentId }),
    }
    const outcome = await callProcedure('comments.create', input, reply)
    if (!outcome.error) {
      const { id: commentId } = CommentView.parse(outcome.data)
      return reply.redirect(withComment(nextOf(body), commentId), 303)
    }
    return sendAgain(reply, {
      title: 'Your comment was not published',
      error: outcome.error,
      form: formOf(input, nextOf(body)),
    })
  })
}

/** Where one replies: the page of an article has a form for what begins a thread only. */
export function addReplyForm(app: FastifyInstance) {
  app.get<{ Querystring: Record<string, unknown> }>('/comments', async ({ query }, reply) => {
    const next = safeNext(query['next'])
    const outcome = await callProcedure('comments.get', { id: query['parentId'] }, reply, 'query')
    if (outcome.error) throw outcome.error
    const { id: parentId, articleId, author } = CommentView.parse(outcome.data)
    return sendFormPage(reply, {
      title: `Reply to ${author.displayName}`,
      form: formOf({ articleId, parentId, body: '' }, next),
    })
  })
}

/** The page of the article that begins with a comment: it may stand beyond the first. */
function withComment(next: string, id: string): string {
  const [target = ''] = next.split('#')
  const search = queryOf(target)
  search.set('comment', id)
  return `${pathOf(target)}?${search.toString()}#comment-${id}`
}

/** With its text in the form, to send again. */
const formOf = (input: { articleId: string; parentId?: string; body: string }, next: string) => `
<form method="post" action="/forms/comments">
  <input type="hidden" name="articleId" value="${escape(input.articleId)}">
  ${input.parentId === undefined ? '' : `<input type="hidden" name="parentId" value="${escape(input.parentId)}">`}
  <input type="hidden" name="next" value="${escape(next)}">
  <p><label for="body">Your comment</label>
  <textarea id="body" name="body" rows="8">
${escape(input.body)}</textarea></p>
  <p><button type="submit">Publish comment</button> <a href="${escape(next)}">Back to the article</a></p>
</form>`
