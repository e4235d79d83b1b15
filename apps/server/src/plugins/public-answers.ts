import type { CallMeter } from '@galley/api/ctx'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import type { ReadyAnswer, ReadyAnswers } from '../ready-answers.ts'
import { isWithoutCredentials } from '../request-headers.ts'
import { type Made, type PublicAnswer, PUBLIC_LIFETIME } from '../public-reads.ts'
import { ageOf, isCurrent, lastModifiedOf } from '../routes/rest/etag.ts'
import { listenWhileUp } from './listen-while-up.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The answer that is kept for this call, for a request that brings no credentials. */
    publicAnswerTo(request: FastifyRequest, path: string, input: unknown): PublicAnswer | undefined
    /**
     * What to say of the answer to this request, to one call of a procedure with `publicRead`, where others may keep it too; undefined
     * where they may not, as of what is stale here.
     */
    sharedHeadersOf(
      request: FastifyRequest,
    ): (Record<string, string> & { etag: string }) | undefined
    /** Sends the answer of one transport, or 304 to who has it; the next request at its address gets it without Fastify. */
    sendPublicAnswer(reply: FastifyReply, answer: OfTransport): FastifyReply
  }
}

/**
 * For shared caches, as long as `PUBLIC_LIFETIME` keeps it fresh; browsers ask each time, and get 304. Nothing may be stale: a browser
 * would show who has just signed in what it kept of the time before, since it does not look at cookies.
 */
export const SHAREABLE = `public, max-age=0, s-maxage=${PUBLIC_LIFETIME.ttl}`

/** For caches that ask each time. What is stale here is no more to others: not all of them look at `Age`. */
export const REVALIDATED = 'public, max-age=0, must-revalidate'

/** Whether what was made then may be kept by shared caches. */
export const isFresh = (made: Made) => ageOf(made) < PUBLIC_LIFETIME.ttl

type Options = Pick<Deps, 'publicReads' | 'listen'> & {
  readyAnswers?: ReadyAnswers | undefined
  meter?: CallMeter | undefined
}

type OfTransport = ReadyAnswer & Pick<PublicAnswer, 'ageSeconds' | 'madeAt'>

/** Serves what people who are signed out read as the bytes that are kept of it. While the server runs, it hears of changes. */
export const publicAnswers = fastifyPlugin(
  (app, { publicReads, readyAnswers, listen, meter }: Options, done) => {
    app.decorate('publicAnswerTo', (request, path, input) =>
      isWithoutCredentials(request) ? publicReads?.peek(path, input) : undefined,
    )
    app.decorate('sharedHeadersOf', ({ madeAnswer: made }) => {
      if (!made || !isFresh(made)) return undefined
      const age = ageOf(made)
      return {
        'cache-control': SHAREABLE,
        'last-modified': lastModifiedOf(made),
        etag: made.etag,
        ...(age > 0 && { age: String(age) }),
      }
    })
    app.decorate('sendPublicAnswer', (reply, { ageSeconds, ...answer }) => {
      const { request } = reply
      // No procedure runs: the time of one would be that of its look-up, which is far below the first bucket.
      meter?.ended(answer.procedure, 0)
      const { etag, body } = answer
      const { 'content-type': type, ...others } = answer.headers
      const headers = {
        ...others,
        'cache-control': SHAREABLE,
        'last-modified': lastModifiedOf(answer),
      }
      readyAnswers?.keep(request.raw, { ...answer, headers: { 'content-type': type, ...headers } })
      reply.headers({ ...headers, etag, age: ageSeconds })
      if (isCurrent(answer, request.headers)) return reply.code(304).send()
      return reply.header('content-type', type).send(body)
    })
    // Before the server is drained, which takes its time.
    app.addHook('preClose', async () => readyAnswers?.stop())
    if (publicReads) listenWhileUp(app, () => publicReads.listen({ listen }))
    done()
  },
  { name: 'public-answers', fastify: '5.x' },
)

/**
 * Leaves out of what a shared cache may keep what says something of the request alone: its number, and what its sender
 * has left. Runs where it is known what the response is.
 */
export function leaveOutSender(reply: FastifyReply) {
  for (const name of ['ratelimit', 'ratelimit-policy', 'x-request-id']) reply.removeHeader(name)
}
