import { type TRPCProcedureType, tracked } from '@trpc/server'
import type { TrackedEnvelope } from '@trpc/server'
import { z } from 'zod'
import type { RequestCtx } from './ctx.ts'

/** What a subscription returns: messages with ids, after each of which another stream can go on. */
type Messages<Message> = AsyncIterable<TrackedEnvelope<Message>>

const messages = new WeakMap<z.ZodType, z.ZodType>()

/** The output of a subscription by the schema of one message. Who reads a router finds that schema. */
export function streamOf<Schema extends z.ZodType>(message: Schema) {
  const stream = z.custom<Messages<z.output<Schema>>>()
  messages.set(stream, message)
  return stream
}

/** The schema of one message, where this one is of a stream of them. */
export const messageOf = (output: z.ZodType): z.ZodType | undefined => messages.get(output)

/** A stream, each of whose messages is copied. */
export async function* copyEach(
  stream: Messages<unknown>,
  copy: (message: unknown) => unknown,
): AsyncGenerator<TrackedEnvelope<unknown>, void> {
  for await (const [id, message] of stream) yield tracked(id, copy(message))
}

type Call = {
  ctx: Pick<RequestCtx, 'stream'>
  type: TRPCProcedureType
  signal: AbortSignal | undefined
}

/** Counts a stream from before it begins until it has ended in any way. Throws where there are too many already. */
export async function whileCounted<Result extends { ok: boolean }>(
  { ctx, type, signal }: Call,
  begin: () => Promise<Result>,
): Promise<Result> {
  if (type !== 'subscription' || !ctx.stream) return begin()
  const close = ctx.stream.open()
  signal?.addEventListener('abort', close, { once: true })
  if (signal?.aborted) close()
  const result = await begin()
  if (!result.ok || !('data' in result)) {
    close()
    return result
  }
  const data = untilEnd(result.data as Messages<unknown>, { ...ctx.stream, close })
  return { ...result, data }
}

type Ends = Pick<NonNullable<RequestCtx['stream']>, 'comeAgain'> & { close: () => void }

async function* untilEnd(stream: Messages<unknown>, { comeAgain, close }: Ends) {
  try {
    yield* stream
  } catch (error) {
    if (!comeAgain || !isAbort(error)) throw error
    comeAgain()
  } finally {
    close()
  }
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'
