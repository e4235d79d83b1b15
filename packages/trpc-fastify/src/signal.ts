import type { FastifyReply } from 'fastify'

/**
 * Works on a response with a signal that aborts when the exchange ends first: the caller is gone, or another part has
 * responded, such as a time limit. Fastify's own `request.signal` is no such signal: for a request with
 * a body it aborts as soon as the body was read (fastify#6725).
 */
export async function whileOpen<Result>(
  { raw }: FastifyReply,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  if (raw.destroyed) abort()
  raw.once('close', abort)
  try {
    return await work(controller.signal)
  } finally {
    raw.off('close', abort)
  }
}
