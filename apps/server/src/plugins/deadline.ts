import { AppError } from '@galley/platform/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

const DEADLINE_MS = 10_000

/**
 * Responds 503 where no handler has responded in time: 10 s from the head of the request, and once more from the end of its
 * body. A body that has not arrived by then is 408. Covers the wait for a connection to the database, and aborts the signal of the calls. Not Fastify's
 * `handlerTimeout`, which ends with the body of a request (fastify#6725).
 */
export const deadline = fastifyPlugin(
  (app, { deadlineMs = DEADLINE_MS }: { deadlineMs?: number }, done) => {
    app.decorateRequest('deadline')
    app.addHook('onRequest', (request, reply, next) => {
      start(reply, deadlineMs)
      reply.raw.once('close', () => clearTimeout(request.deadline))
      next()
    })
    app.decorateReply('extendDeadline', function (ms) {
      clearTimeout(this.request.deadline)
      start(this, ms)
    })
    app.addHook('preValidation', (request, _reply, next) => {
      if (request.body !== undefined) request.deadline.refresh()
      next()
    })
    done()
  },
  { name: 'deadline', fastify: '5.x' },
)

declare module 'fastify' {
  interface FastifyRequest {
    deadline: NodeJS.Timeout
  }
  interface FastifyReply {
    /** For the few routes whose bodies, or whose responses, take as long as a connection needs: so long from now on. */
    extendDeadline(ms: number): void
  }
}

function start(reply: FastifyReply, ms: number) {
  reply.request.deadline = setTimeout(() => giveUp(reply, ms), ms)
}

function giveUp(reply: FastifyReply, deadlineMs: number) {
  if (reply.raw.headersSent) reply.raw.destroy()
  else if (!reply.sent) {
    reply.send(late(reply, deadlineMs))
    reply.send = () => reply // what comes after all is too late
  }
}

// What has not arrived as a whole is late itself: nobody has begun to work on it.
const late = ({ request }: FastifyReply, deadlineMs: number) =>
  isArriving(request)
    ? new AppError('request/timeout')
    : new AppError('server/unavailable', {
        retryAfterSeconds: 1,
        cause: new Error(`No response within ${deadlineMs} ms`),
      })

const isArriving = ({ raw, headers }: FastifyRequest) =>
  !raw.complete && ('content-length' in headers || 'transfer-encoding' in headers)
