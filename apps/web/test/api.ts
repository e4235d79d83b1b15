import type { AppRouter } from '@galley/api/root'
import { errorReasons, type ErrorReason, type FieldError } from '@galley/contract/errors'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { vi } from 'vitest'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>

type Path = { [Slice in keyof Inputs]: `${Slice}.${keyof Inputs[Slice] & string}` }[keyof Inputs]

type Of<Types, Name extends string> = Name extends `${infer Slice}.${infer Verb}`
  ? Slice extends keyof Types
    ? Verb extends keyof Types[Slice]
      ? Types[Slice][Verb]
      : never
    : never
  : never

type Reply<Name extends Path> = Of<Outputs, Name> | Refusal

/** What the server does on each call that a test expects, by the types of the real router. */
export type Handlers = {
  [Name in Path]?: (input: Of<Inputs, Name>) => Reply<Name> | Promise<Reply<Name>>
}

/** The call does not reach the server. */
export const loseConnection = (): never => {
  throw new TypeError('Failed to fetch')
}

const unexpected = new Set<string>()

/** The calls since the last time that no handler expected: each has failed what shared a request with it. */
export function unexpectedCalls(): string[] {
  const paths = [...unexpected]
  unexpected.clear()
  return paths
}

const underWay = new Set<Promise<unknown>>()

/** Until what a test has called for is answered and heard, but for answers that it holds back: else the next test hears of it. */
export async function callsEnded(): Promise<void> {
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve))
  const tooLate = AbortSignal.timeout(100)
  // A call leaves in the next turn, with others.
  await turn()
  while (underWay.size > 0 && !tooLate.aborted) await turn()
  await turn()
}

class Refusal {
  readonly reason: ErrorReason
  readonly fields: FieldError[]

  constructor(reason: ErrorReason, fields: FieldError[]) {
    this.reason = reason
    this.fields = fields
  }
}

/** A refusal as the server sends it. */
export const refuse = (reason: ErrorReason, fields: FieldError[] = []) =>
  new Refusal(reason, fields)

export type Calls = { path: string; input: unknown }[]

/**
 * Stands in for the server at the border of HTTP: replaces `fetch` until the end of the test, and returns the calls
 * that arrive. A call that no handler expects fails the test.
 */
export function serve(handlers: Handlers): Calls {
  const calls: Calls = []
  const byPath = new Map<string, (input: never) => unknown>(Object.entries(handlers))
  const reply = async (path: string, input: unknown) => {
    const handler = byPath.get(path)
    if (!handler) {
      unexpected.add(path)
      throw new TypeError(`No handler for ${path}`)
    }
    calls.push({ path, input })
    return replyBody(await handler(input as never))
  }
  vi.stubGlobal('fetch', async (address: string, { body }: RequestInit) => {
    const { pathname, searchParams } = new URL(address, 'http://localhost')
    const text = typeof body === 'string' ? body : (searchParams.get('input') ?? '{}')
    const inputs: Record<string, unknown> = JSON.parse(text)
    const paths = pathname.replace('/trpc/', '').split(',')
    const replies = Promise.all(paths.map((path, at) => reply(path, inputs[at])))
    underWay.add(replies)
    return Response.json(await replies.finally(() => underWay.delete(replies)))
  })
  return calls
}

function replyBody(result: unknown) {
  if (!(result instanceof Refusal)) return { result: { data: result } }
  const { code, message } = errorReasons[result.reason]
  const data = { code, reason: result.reason, fields: result.fields, requestId: 'request-1' }
  return { error: { code: -32_000, message, data: { ...data, httpStatus: 400 } } }
}
