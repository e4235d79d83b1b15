import autocannon, { type Result } from 'autocannon'

export type Call = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

export type Load = { origin: string; calls: Call[]; connections: number; seconds: number }

export type Measured = {
  /** Responses of the 200s. */
  served: number
  /** All others, by status; 0 is no answer. */
  others: Map<number, number>
  seconds: number
  /** Of each answer of the 200s, in milliseconds. */
  waits: number[]
}

/**
 * Sends the calls in turn over so many connections, each after the response to the one before. Each connection begins
 * elsewhere: people do not all ask for the same at once.
 */
export async function load({ origin, calls, connections, seconds }: Load): Promise<Measured> {
  const others = new Map<number, number>()
  const waits: number[] = []
  const ended = Promise.withResolvers<Result>()
  let clients = 0
  const run = autocannon(
    {
      url: origin,
      connections,
      duration: seconds,
      requests: calls.slice(0, 1),
      setupClient(client) {
        const first = Math.floor((clients * calls.length) / connections)
        clients += 1
        client.setRequests([...calls.slice(first), ...calls.slice(0, first)])
      },
    },
    (error: Error | null, result) => (error ? ended.reject(error) : ended.resolve(result)),
  )
  run.on('response', (_client, status, _bytes, wait) => {
    if (status >= 200 && status < 300) waits.push(wait)
    else others.set(status, (others.get(status) ?? 0) + 1)
  })
  const { duration, errors } = await ended.promise
  if (errors > 0) others.set(0, errors)
  return { served: waits.length, others, seconds: duration, waits }
}

export function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

export const median = (numbers: number[]) => quantile(numbers, 0.5)
