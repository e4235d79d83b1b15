import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

type SignalOf = (request: FastifyRequest, reply: FastifyReply) => AbortSignal

/**
 * What aborts the calls of a request: that the caller is gone before the answer is. Where Fastify limits the time of
 * handlers its own signal is there already, and stops calls that are late, too.
 */
export function signalFrom({ initialConfig }: FastifyInstance): SignalOf {
  const isTimed = 'handlerTimeout' in initialConfig && Number(initialConfig.handlerTimeout) > 0
  return isTimed ? ({ signal }: FastifyRequest) => signal : signalOfAnswer
}

const signalOfAnswer: SignalOf = (_request, { raw }) => {
  const controller = new AbortController()
  raw.once('close', () => {
    if (!raw.writableEnded) controller.abort()
  })
  return controller.signal
}
