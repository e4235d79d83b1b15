import { appRouter } from '@galley/api/root'
import { safeNext } from '@galley/contract/platform/safe-next'
import { CommentView } from '@galley/contract/publishing/comments'
import { SignInView } from '@galley/contract/platform/sessions'
import type { AppError } from '@galley/platform/errors'
import { whileOpen } from '@galley/trpc-fastify'
import type { FastifyPluginCallback, FastifyReply, preParsingAsyncHookHandler } from 'fastify'
import { statusOf } from '../errors/normalize.ts'
import { retryAfterHeader } from '../errors/refusal.ts'
import { CALL_BODY_LIMIT } from '../server-options.ts'
import { commentAgainPage } from './forms/comment-again.ts'
import { readForm } from './forms/read.ts'
import { callOperation } from './rest/call.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes what an HTML form sends instead of JSON, from pages of this site only; see the plugin `csrf`. */
    htmlForm?: boolean
  }
}

type FormRoute = { Body: URLSearchParams }

/**
 * Under `/forms`: what the pages' forms send where no script runs. Each calls the procedure that the script would have
 * called, then sends the browser on to a page.
 */
export const forms: FastifyPluginCallback = (app, _options, done) => {
  const meter =
    (needsSignIn: boolean): preParsingAsyncHookHandler =>
    async (_request, reply, payload) =>
      app.meterBody(reply, payload, needsSignIn)
  const options = {
    bodyLimit: CALL_BODY_LIMIT,
    config: { htmlForm: true },
    preParsing: meter(false),
  }
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, readForm)
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.addHook('onRequest', app.authenticate)

  app.post<FormRoute>('/sign-in', options, async ({ body }, reply) => {
    const input = fieldsOf(body, ['email', 'password'])
    const outcome = await call('sessions.create', input, reply)
    if (outcome.error) return backToForm('/sign-in', body, outcome.error, reply)
    const { secondFactor } = SignInView.parse(outcome.data)
    return reply.redirect(secondFactor ? withNext('/sign-in/second-factor', body) : next(body), 303)
  })
  app.post<FormRoute>('/second-factor', options, async ({ body }, reply) => {
    const input = fieldsOf(body, ['code'])
    const { error } = await call('sessions.createWithSecondFactor', input, reply)
    if (error) return backToForm('/sign-in/second-factor', body, error, reply)
    return reply.redirect(next(body), 303)
  })
  app.post<FormRoute>('/sign-out', options, async (_request, reply) => {
    await call('sessions.delete', undefined, reply)
    return reply.redirect('/', 303)
  })
  const toComment = { ...options, preParsing: meter(true) }
  app.post<FormRoute>('/comments', toComment, async ({ body, id }, reply) => {
    const input = fieldsOf(body, ['articleId', 'body'])
    const outcome = await call('comments.create', input, reply)
    if (!outcome.error) {
      const { id: commentId } = CommentView.parse(outcome.data)
      return reply.redirect(`${next(body)}#comment-${commentId}`, 303)
    }
    const { error } = outcome
    reply
      .code(statusOf(error))
      .headers(retryAfterHeader([error]))
      .type('text/html; charset=utf-8')
    const { nonce } = reply
    return reply.send(commentAgainPage({ error, input, next: next(body), requestId: id, nonce }))
  })
  done()
}

/** Access, charge, audit and log are the procedure's own, as by tRPC. */
const call = (name: string, input: unknown, reply: FastifyReply) =>
  whileOpen(reply, (signal) =>
    callOperation({
      router: appRouter,
      operation: { name, kind: 'mutation' },
      ctx: reply.request.ctx,
      signal,
      getRawInput: () => input,
    }),
  )

const fieldsOf = <Name extends string>(form: URLSearchParams, names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, form.get(name) ?? ''])) as Record<Name, string>

const next = (form: URLSearchParams) => safeNext(form.get('next'))

function withNext(path: string, form: URLSearchParams, more: Record<string, string> = {}) {
  const query = new URLSearchParams({ ...more, ...(form.has('next') && { next: next(form) }) })
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
