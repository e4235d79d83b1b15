/** Whether a result, or a member of it, only arrives in time: it needs a link that streams. */
export function isDataStream(value: unknown): boolean {
  if (!isRecord(value)) return false
  return (
    isAsyncIterable(value) ||
    Object.values(value).some((one) => isPromise(one) || isAsyncIterable(one))
  )
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAsyncIterable = (value: unknown) => isRecord(value) && Symbol.asyncIterator in value

const isPromise = (value: unknown) =>
  (isRecord(value) || isFunction(value)) &&
  typeof value['then'] === 'function' &&
  typeof value['catch'] === 'function'

const isFunction = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'function'
