import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, createAsk } from '../../bench/publishing/scale/ask.ts'
import { type Known, type Ledger, type Write, createWrites } from './writes.ts'
import type { Random } from '@galley/testing/random'

type Options = {
  origin: string
  publicOrigin: string
  known: Known
  clients: number
  random: Random
  /** No other write begins once so many are acknowledged. */
  goal?: number
  onAnswer?: (answer: Answer) => void
}

export type Writers = {
  ledger: Ledger
  /** Responses that no client should get, with how often. */
  wrong: ReadonlyMap<string, number>
  /** How often a write had to be sent again, by status or reason. */
  again: ReadonlyMap<string, number>
  /** The longest time in which nobody's write was acknowledged. */
  longestPauseMs(): number
  /** Resolves when so many are acknowledged, or all that were wanted. */
  reached(count: number): Promise<void>
  /** Ends after the writes that are under way. */
  stop(): Promise<void>
}

/** Of batches; ten is the most. */
const SIZES = [1, 5, 8, 10, 10]
const GIVE_UP_MS = 300_000

/** Of what may be said to a write that has to be sent again with its key. */
const MAY_BE_SENT_AGAIN = new Set(['server/unavailable', 'request/idempotency-in-flight'])

/**
 * Clients that write in batches under a key, and send what was not acknowledged again with the same key until it
 * is: what stands in the ledger was acknowledged, and what does not was sent again until the end.
 */
export function startWriters({
  origin,
  publicOrigin,
  known,
  clients,
  random,
  goal = Infinity,
  onAnswer = () => {},
}: Options): Writers {
  const { ask, close } = createAsk(origin, clients)
  const writes = createWrites(known, clients, random)
  const { ledger } = writes
  const over = new AbortController()
  const [wrong, again] = [new Map<string, number>(), new Map<string, number>()]
  let lastAt = performance.now()
  let longestPauseMs = 0
  const running = Array.from({ length: clients }, (_, client) => write(client))
  const all = Promise.all(running)
  all.catch(() => {})

  return {
    ledger,
    wrong,
    again,
    longestPauseMs: () => longestPauseMs,
    async reached(count) {
      while (ledger.count < count && !over.signal.aborted) {
        await Promise.race([sleep(20), all])
        if (ledger.count >= goal) return
      }
    },
    async stop() {
      over.abort()
      await all
      close()
    },
  }

  async function write(client: number) {
    while (!over.signal.aborted && ledger.count < goal) {
      const size = random.pick(SIZES)
      const { cookie, batch } = writes.next(client, size)
      await writeUntilAcknowledged(cookie, batch)
    }
  }

  async function writeUntilAcknowledged(cookie: string, batch: Write[]) {
    const request = {
      method: 'POST',
      path: `/trpc/${batch.map(({ path }) => path).join(',')}?batch=1`,
      headers: {
        cookie,
        origin: publicOrigin,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(Object.fromEntries(batch.map(({ input }, at) => [at, input]))),
    }
    const waiting = new Set(batch)
    const until = performance.now() + GIVE_UP_MS
    while (waiting.size > 0) {
      const answer = await ask(request)
      onAnswer(answer)
      const { status, body } = answer
      const results = resultsOf(status, body)
      for (const [at, write] of batch.entries()) {
        const result = results?.[at]
        if (result?.data === undefined) continue
        if (waiting.delete(write)) acknowledge(write, result.data)
      }
      if (waiting.size === 0) return
      note(status, results)
      if (performance.now() > until)
        throw new Error(`A write was not taken for five minutes: ${status} ${body}`)
      await sleep(20 + random.next() * 80)
    }
  }

  function acknowledge(write: Write, data: unknown) {
    write.acknowledge(data)
    ledger.count += 1
    const now = performance.now()
    longestPauseMs = Math.max(longestPauseMs, now - lastAt)
    lastAt = now
  }

  function note(status: number, results: Result[] | undefined) {
    const reasons = results?.flatMap(({ reason }) => reason ?? [])
    if (!reasons) {
      const isExpected = status === 0 || status === 503
      return add(isExpected ? again : wrong, status === 0 ? 'no answer' : String(status))
    }
    for (const reason of reasons) add(MAY_BE_SENT_AGAIN.has(reason) ? again : wrong, reason)
  }
}

const add = (counts: Map<string, number>, what: string) =>
  counts.set(what, (counts.get(what) ?? 0) + 1)

type Result = { data?: unknown; reason?: string }

/** Of each call of a batch; undefined where the request as a whole was refused, or cut off. */
function resultsOf(status: number, body: string): Result[] | undefined {
  if (status === 0) return undefined
  try {
    const parsed: unknown = JSON.parse(body)
    if (!Array.isArray(parsed)) return undefined
    return parsed.map(
      (part: { result?: { data: unknown }; error?: { data?: { reason?: string } } }) =>
        part.result
          ? { data: part.result.data }
          : { reason: part.error?.data?.reason ?? 'no reason' },
    )
  } catch {
    return undefined
  }
}
