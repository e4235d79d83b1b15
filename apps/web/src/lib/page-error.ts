import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { createSerializationAdapter, notFound } from '@tanstack/react-router'
import { createIsomorphicFn } from '@tanstack/react-start'
import { setResponseStatus } from '@tanstack/react-start/server'
import { messageOf, reasonOf, requestIdOf, statusOf, traceIdOf } from './errors.ts'

/** Why a page could not be loaded, in words for its reader; survives the way from server to browser. */
export class PageError extends Error {
  override readonly name = 'PageError'
  readonly requestId: string | undefined
  readonly traceId: string | undefined

  constructor(message: string, requestId: string | undefined, traceId: string | undefined) {
    super(message)
    this.requestId = requestId
    this.traceId = traceId
  }
}

/** Takes a `PageError` from the server to the browser as what it is. */
export const pageErrorAdapter = createSerializationAdapter({
  key: 'page-error',
  test: (value): value is PageError => value instanceof PageError,
  toSerializable: ({ message, requestId, traceId }) => ({ message, requestId, traceId }),
  fromSerializable: ({ message, requestId, traceId }) => new PageError(message, requestId, traceId),
})

const setStatus = createIsomorphicFn()
  .client((_status: number) => undefined)
  .server((status) => setResponseStatus(status))

const setStatusOf = (error: unknown) => setStatus(statusOf(error) ?? 503)

/** Gives a page that shows why its list was refused the status of the refusal: so it is not kept for others. */
export function sayRefusal(queryClient: QueryClient, { queryKey }: { queryKey: QueryKey }) {
  const error = queryClient.getQueryState(queryKey)?.error
  if (error) setStatusOf(error)
}

/** Waits for what a page shows: what does not exist becomes the not-found page, any other failure a `PageError`. */
export async function loadPage<Data>(data: Promise<Data>): Promise<Data> {
  try {
    return await data
  } catch (error) {
    const reason = reasonOf(error) ?? ''
    const nowhere =
      reason.endsWith('/not-found') || reason === 'cursor/invalid' || reason === 'request/invalid'
    if (nowhere) throw notFound()
    setStatusOf(error)
    throw new PageError(messageOf(error), requestIdOf(error), traceIdOf(error))
  }
}
