import cluster, { type Worker } from 'node:cluster'
import { z } from 'zod'
import { MeasuredHealth } from '@galley/contract/platform/health'
import { onlyTotals } from './exposition.ts'
import type { History } from './history.ts'
import type { Metrics, Snapshot } from './metrics.ts'

/** One that has more to do than answer gives its values of the last time. */
const LIMIT_MS = 2_000

const Question = z.object({
  galleyMetrics: z.literal('collect'),
  id: z.number(),
  withBacklog: z.boolean(),
})
const Reply = z.object({
  galleyMetrics: z.literal('collected'),
  id: z.number(),
  snapshot: z.custom<Snapshot>(Array.isArray),
})

const AskHistory = z.object({ galleyMetrics: z.literal('history'), id: z.number() })
const ToldHistory = z.object({
  galleyMetrics: z.literal('told'),
  id: z.number(),
  health: MeasuredHealth.nullable(),
})

/** In a process of several: gives the first one its values when it asks. */
export function replyToPrimary({ collect }: Pick<Metrics, 'collect'>): void {
  process.on('message', (message) => {
    const question = Question.safeParse(message)
    if (!question.success) return
    const { id, withBacklog } = question.data
    collect(withBacklog).then(
      (snapshot) => process.send?.({ galleyMetrics: 'collected', id, snapshot }),
      () => {}, // it counts as one that gave none in time
    )
  })
}

/** In a process of several: asks the first one what all of them have measured. Null where it does not say in time. */
export function createHistoryQuestions(): () => Promise<MeasuredHealth | null> {
  const waiting = new Map<number, (health: MeasuredHealth | null) => void>()
  let lastId = 0
  process.on('message', (message) => {
    const told = ToldHistory.safeParse(message)
    if (!told.success) return
    waiting.get(told.data.id)?.(told.data.health)
    waiting.delete(told.data.id)
  })
  return () => {
    const id = (lastId += 1)
    const { promise, resolve } = Promise.withResolvers<MeasuredHealth | null>()
    const late = setTimeout(() => {
      waiting.delete(id)
      resolve(null)
    }, 2 * LIMIT_MS)
    waiting.set(id, (health) => {
      clearTimeout(late)
      resolve(health)
    })
    process.send?.({ galleyMetrics: 'history', id })
    return promise
  }
}

/** In the process that watches over several: says what they have measured, when one of them asks. */
export function replyToQuestions({ measured }: Pick<History, 'measured'>): void {
  cluster.on('message', (worker, message) => {
    const asked = AskHistory.safeParse(message)
    if (!asked.success) return
    const { id } = asked.data
    const reply = (health: MeasuredHealth | null) =>
      worker.isConnected() && worker.send({ galleyMetrics: 'told', id, health })
    measured().then(reply, () => reply(null))
  })
}

/**
 * In the process that watches over several: collects from each. What one has counted that has ended stays in the sums as it was
 * when it was last asked: without that every sum would fall, and Prometheus would take what is left for new.
 */
export function createCollector() {
  const latest = new Map<number, Snapshot>()
  const waiting = new Map<number, (snapshot: Snapshot) => void>()
  let ended: Snapshot = []
  let lastId = 0
  let folding = Promise.resolve()

  cluster.on('message', (_worker, message) => {
    const reply = Reply.safeParse(message)
    if (!reply.success) return
    waiting.get(reply.data.id)?.(reply.data.snapshot)
    waiting.delete(reply.data.id)
  })
  cluster.on('exit', ({ id }) => {
    folding = fold(id, folding)
  })

  return async (): Promise<Snapshot[]> => {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected())
    await Promise.all(
      workers.map(async (worker, index) => {
        const snapshot = worker && (await ask(worker, index === 0))
        if (snapshot && !worker.isDead()) latest.set(worker.id, snapshot)
      }),
    )
    await folding
    return [ended, ...latest.values()]
  }

  async function fold(id: number, earlier: Promise<void>) {
    await earlier
    const last = latest.get(id)
    if (!last) return
    ended = await onlyTotals([ended, last])
    latest.delete(id)
  }

  function ask(worker: Worker, withBacklog: boolean): Promise<Snapshot | undefined> {
    const id = (lastId += 1)
    const { promise, resolve } = Promise.withResolvers<Snapshot | undefined>()
    const timer = setTimeout(() => {
      waiting.delete(id)
      resolve(undefined)
    }, LIMIT_MS)
    waiting.set(id, (snapshot) => {
      clearTimeout(timer)
      resolve(snapshot)
    })
    worker.send({ galleyMetrics: 'collect', id, withBacklog }, (error) => {
      if (error) resolve(undefined)
    })
    return promise
  }
}
