import { AppError } from '@galley/platform/errors'
import type { OpenStreams, StreamOwner } from '@galley/realtime/open-streams'
import type { FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { STREAMS } from '../load-shedding/gate.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Throws where this owner may not open another stream. */
    checkStreams(owner: StreamOwner): void
    /** Counts a stream until what it returns is called; throws as `checkStreams` does. */
    openStream(owner: StreamOwner): () => void
  }
  interface FastifyReply {
    /** For a response that is a stream of events: no deadline, and no place among the requests that are worked on. */
    holdOpen(): void
  }
}

/** Streams are counted by themselves: they last for hours and do next to nothing, which no limit of requests has room for. */
export const streams = fastifyPlugin(
  (app, { openStreams }: { openStreams: OpenStreams }, done) => {
    app.decorate('checkStreams', (owner) => {
      const full = openStreams.full(owner)
      if (full === 'process') throw new AppError('server/unavailable', { retryAfterSeconds: 5 })
      if (full) throw new AppError('stream/too-many', { retryAfterSeconds: 30 })
    })
    app.decorate('openStream', (owner) => {
      app.checkStreams(owner)
      return openStreams.open(owner)
    })
    app.decorateReply('holdOpen', function (this: FastifyReply) {
      clearTimeout(this.request.deadline)
      this.raw.emit(STREAMS)
    })
    done()
  },
  { name: 'streams', fastify: '5.x', dependencies: ['deadline'] },
)
