import { CommentView } from '@galley/contract/publishing/comments'
import type { AppError } from '@galley/platform/errors'
import type { FastifyInstance } from 'fastify'
import { statusOf } from '../../../errors/reply.ts'
import { retryAfterHeader } from '../../../errors/refusal.ts'
import { callProcedure, fieldsOf, formOptions, type FormRoute, nextOf } from '../form.ts'

/** What the form under an article sends where no script runs. */
export function addCommentForm(app: FastifyInstance) {
  const options = formOptions(app, { needsSignIn: true })
  app.post<FormRoute>('/comments', options, async ({ body, id }, reply) => {
    const input = fieldsOf(body, ['articleId', 'body'])
    const outcome = await callProcedure('comments.create', input, reply)
    if (!outcome.error) {
      const { id: commentId } = CommentView.parse(outcome.data)
      return reply.redirect(withComment(nextOf(body), commentId), 303)
    }
    const { error } = outcome
    reply
      .code(statusOf(error))
      .headers(retryAfterHeader([error]))
      .type('text/html; charset=utf-8')
    const { nonce } = reply
    return reply.send(commentAgainPage({ error, input, next: nextOf(body), requestId: id, nonce }))
  })
}

/** The page of the article that begins with a comment: it may stand beyond the first. */
function withComment(next: string, id: string): string {
  const [target = ''] = next.split('#')
  const [path = '', query] = target.split('?')
  const search = new URLSearchParams(query)
  search.set('comment', id)
  return `${path}?${search.toString()}#comment-${id}`
}

type CommentAgain = {
  error: AppError
  input: { articleId: string; body: string }
  next: string
  requestId: string
  nonce: string
}

/** Says why a comment was refused, with its text in the form to send again. */
function commentAgainPage({ error, input, next, requestId, nonce }: CommentAgain) {
  const reasons = [error.message, ...error.fields.map(({ message }) => message)]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Your comment was not published</title>
<style nonce="${nonce}">
  :root { color-scheme: light dark; font: 1.125rem/1.5 Georgia, serif }
  body { max-width: 42rem; margin: 12vh auto; padding: 0 1.25rem; overflow-wrap: anywhere }
  textarea { box-sizing: border-box; width: 100%; min-height: 12rem; font: inherit }
  button { font: inherit; padding: 0.4em 1em }
  small { opacity: 0.7 }
</style>
<h1>Your comment was not published</h1>
<p>${reasons.map(escape).join('<br>')}</p>
<form method="post" action="/forms/comments">
  <input type="hidden" name="articleId" value="${escape(input.articleId)}">
  <input type="hidden" name="next" value="${escape(next)}">
  <p><label for="body">Your comment</label><br>
  <textarea id="body" name="body" rows="8">
${escape(input.body)}</textarea></p>
  <p><button type="submit">Publish comment</button> <a href="${escape(next)}">Back to the article</a></p>
</form>
<small>Request ${requestId}</small>
</html>
`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string) => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char)
