import { SignInView } from '@galley/contract/platform/sessions'
import type { AppError } from '@galley/platform/errors'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply } from 'fastify'
import {
  callProcedure,
  fieldsOf,
  formOptions,
  type FormRoute,
  nextOf,
  readForm,
} from './forms/form.ts'
import { addArticleForm } from './forms/publishing/article-form.ts'
import { addCommentForm, addReplyForm } from './forms/publishing/comment-form.ts'

/** Forms of the other parts of the product, one line for each. */
const formsOfParts: ((app: FastifyInstance) => void)[] = [
  addArticleForm,
  addCommentForm,
  addReplyForm,
]

/**
 * Under `/forms`: what the pages' forms send where no script runs. Each calls the procedure that the script would have
 * called, then sends the browser on to a page.
 */
export const forms: FastifyPluginCallback = (app, _options, done) => {
  const options = formOptions(app, { needsSignIn: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, readForm)
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.addHook('onRequest', app.authenticate)

  app.post<FormRoute>('/sign-in', options, async ({ body }, reply) => {
    const input = fieldsOf(body, ['email', 'password'])
    const outcome = await callProcedure('sessions.create', input, reply)
    if (outcome.error) return backToForm('/sign-in', body, outcome.error, reply)
    const { secondFactor } = SignInView.parse(outcome.data)
    return reply.redirect(
      secondFactor ? withNext('/sign-in/second-factor', body) : nextOf(body),
      303,
    )
  })
  app.post<FormRoute>('/second-factor', options, async ({ body }, reply) => {
    const input = fieldsOf(body, ['code'])
    const { error } = await callProcedure('sessions.createWithSecondFactor', input, reply)
    if (error) return backToForm('/sign-in/second-factor', body, error, reply)
    return reply.redirect(nextOf(body), 303)
  })
  app.post<FormRoute>('/sign-out', options, async (_request, reply) => {
    await callProcedure('sessions.delete', undefined, reply)
    return reply.redirect('/', 303)
  })
  app.post<FormRoute>('/unsubscribe', options, async ({ body }, reply) => {
    const input = fieldsOf(body, ['token'])
    await callProcedure('notifications.unsubscribe', input, reply)
    // The page says what holds now, whatever the outcome.
    return reply.redirect(`/unsubscribe?${new URLSearchParams(input).toString()}`, 303)
  })
  app.post<FormRoute>('/maintenance', options, async ({ body }, reply) => {
    const input = { on: body.get('on') === 'yes' }
    const { error } = await callProcedure('settings.setMaintenance', input, reply)
    return reply.redirect(
      error ? `/admin/settings?problem=${error.reason}` : '/admin/settings',
      303,
    )
  })
  for (const addForm of formsOfParts) addForm(app)
  done()
}

function withNext(path: string, form: URLSearchParams, more: Record<string, string> = {}) {
  const query = new URLSearchParams({ ...more, ...(form.has('next') && { next: nextOf(form) }) })
  return query.size > 0 ? `${path}?${query.toString()}` : path
}

/** Shows the form with the reason; what was typed is a secret, or in the browser's own memory of forms. */
function backToForm(path: string, form: URLSearchParams, error: AppError, reply: FastifyReply) {
  const wait = error.retryAfterSeconds
  const more = {
    problem: error.reason,
    ...(wait !== undefined && { wait: String(Math.ceil(wait)) }),
  }
  return reply.redirect(withNext(path, form, more), 303)
}
