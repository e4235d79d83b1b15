import { setTimeout as sleep } from 'node:timers/promises'
import { createDb } from '@galley/db/client'
import type { Answer } from '../../bench/publishing/scale/ask.ts'
import { until } from '../../bench/publishing/scale/processes.ts'
import { openStream } from '../../test/platform/live/open-stream.ts'
import { atMost, equal, type Trial } from '../../trials/trial.ts'
import { compareRest, compareWrites, untilDone } from '../processes/compare.ts'
import { addWriters } from '../processes/people.ts'
import { createRandom } from '@galley/testing/random'
import { startReaders } from '../processes/readers.ts'
import { startSite, type Site } from '../processes/site.ts'
import { beginUpload } from '../processes/uploads.ts'
import { startWriters } from '../processes/writers.ts'
import type { Known } from '../processes/writes.ts'

const STREAMS = 5
const DRAIN_MS = 1_000
const TIMEOUT_MS = 10_000
/** Both of them, and a second for what watches over several processes. */
const GRACE_MS = DRAIN_MS + TIMEOUT_MS + 1_000

/** A server and a worker get SIGTERM while people write, read, upload and watch, and are started again. */
export const trial: Trial = {
  title: 'SIGTERM under load',
  limitMs: 20 * 60_000,
  async run(world) {
    const times = world.short ? 3 : 20
    const site = await startSite(world, {
      env: {
        WEB_CONCURRENCY: '2',
        SHUTDOWN_DRAIN_MS: String(DRAIN_MS),
        SHUTDOWN_TIMEOUT_MS: String(TIMEOUT_MS),
      },
    })
    const random = createRandom(times)
    const known = await addWriters(site, 20)
    const answers = createAnswers()
    const writers = startWriters({ ...site, known, clients: 4, random, onAnswer: answers.add })
    const readers = startReaders(site, answers.add)
    world.ending.defer(() => writers.stop().catch(() => {}))
    world.ending.defer(readers.stop)
    const rounds: Round[] = []
    for (let n = 0; n < times; n += 1) {
      await writers.reached(writers.ledger.count + 100)
      rounds.push(await endBoth(site, known, { hangs: n % 2 === 1, signalled: answers.signalled }))
    }
    await readers.stop()
    await writers.stop()
    await untilDone(site, 120_000)
    const uploads = rounds.map(({ upload }) => upload)
    const taken = uploads.flatMap((upload) => ('id' in upload ? [upload.id] : []))
    const lost = uploads.flatMap((upload) => ('failure' in upload ? [upload.failure] : []))
    const of = (hangs: boolean) => rounds.filter((round) => round.hangs === hangs)
    const exits = (some: Round[]) => [...new Set(some.map(({ server }) => server.code))]
    return [
      { what: 'times', measured: String(times), holds: true },
      equal('exit codes of the server', exits(of(false)), [0]),
      equal('where an upload never ended', exits(of(true)), [1]),
      equal('of the worker', [...new Set(rounds.map(({ worker }) => worker.code))], [0]),
      atMost('the slowest server to end', longest(of(false), 'server'), GRACE_MS, ' ms'),
      atMost('where an upload never ended', longest(of(true), 'server'), GRACE_MS, ' ms'),
      atMost('the slowest worker to end', longest(rounds, 'worker'), GRACE_MS, ' ms'),
      { what: 'responses', measured: answers.summary(), holds: true },
      equal('wrong responses, by what they were', answers.wrong(), []),
      atMost(
        'connections cut when the port closed, before they were taken',
        answers.untaken(),
        5 * times,
      ),
      equal('responses that no writer should get', [...writers.wrong], []),
      equal('uploads that were half sent, and not taken', lost, []),
      equal('of these not ready afterwards', await notReady(site, taken), 0),
      equal(
        'streams that were cut off',
        rounds.flatMap(({ streams }) => streams).filter((end) => end !== 'ended').length,
        0,
      ),
      { what: 'acknowledged writes', measured: String(writers.ledger.count), holds: true },
      ...(await compareWrites(site, writers.ledger)),
      ...(await compareRest(site)),
    ]
  },
}

async function endBoth(
  site: Site,
  { writers }: Known,
  { hangs, signalled }: { hangs: boolean; signalled: () => void },
) {
  const [writer, other] = writers
  const [worker] = site.workers
  if (!writer || !other || !worker) throw new Error('Nobody is there')
  const { cookie } = writer
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, () =>
      openStream(site.origin, [{ me: true }], { headers: { cookie, origin: site.publicOrigin } }),
    ),
  )
  const upload = beginUpload(site, writer)
  const endless = hangs ? beginUpload(site, other) : undefined
  await sleep(200)
  signalled()
  const ending = Promise.all([endOf(site.server), endOf(worker)])
  await sleep(500)
  const taken = await upload.finish()
  const [server, ended] = await ending
  await endless?.over
  await Promise.all([site.server.start(), worker.start()])
  return {
    hangs,
    server,
    worker: ended,
    upload: taken,
    streams: await Promise.all(streams.map((stream) => stream.ended)),
  }
}

async function endOf(part: Site['server']) {
  const begun = performance.now()
  const code = await part.end('SIGTERM')
  return { code, ms: performance.now() - begun }
}

type Ended = { ms: number }

type Round = Awaited<ReturnType<typeof endBoth>>

const longest = <Name extends string>(rounds: Record<Name, Ended>[], name: Name) =>
  Math.max(...rounds.map((round) => round[name].ms))

/**
 * Requests may be refused when nobody listens, or get 503 with when to come again; none may be cut off or fail. What the kernel had
 * connected, and nobody had taken yet when the port closed, is counted by itself: nothing of it was read.
 */
function createAnswers() {
  const counts = new Map<string, number>()
  const wrong = new Map<string, number>()
  let signalledAt = 0
  let untaken = 0
  return {
    signalled: () => void (signalledAt = performance.now()),
    add(answer: Answer) {
      const what = nameOf(answer)
      counts.set(what, (counts.get(what) ?? 0) + 1)
      if (isRight(answer)) return
      const sent = performance.now() - answer.ms - signalledAt
      // A busy process takes connections late.
      const isLate = sent >= DRAIN_MS - 200
      if (answer.failure === 'ECONNRESET' && isLate) return void (untaken += 1)
      const when = `${what}, sent ${sent < 0 ? 'before' : `${Math.round(sent / 100) * 100} ms after`} the signal`
      wrong.set(when, (wrong.get(when) ?? 0) + 1)
    },
    summary: () => JSON.stringify([...counts]),
    wrong: () => [...wrong],
    untaken: () => untaken,
  }
}

const nameOf = ({ status, failure }: Answer) => failure ?? String(status)

const isRight = ({ status, failure, retryAfter }: Answer) =>
  failure === 'ECONNREFUSED' ||
  (status >= 200 && status < 400) ||
  // In flight: of a write that was cut off, and is sent again before its first try has ended.
  ((status === 503 || status === 409) && retryAfter !== undefined)

async function notReady(site: Site, ids: string[]) {
  await using database = createDb(site.database.migrationUrl, { max: 1 })
  const left = async () => {
    const [row] = await database.sql<{ count: number }[]>`
      select count(*)::int from unnest(${ids}::uuid[]) as wanted (id)
      left join media using (id) where state is distinct from 'ready'`
    return row?.count ?? -1
  }
  await until(async () => (await left()) === 0).catch(() => {})
  return await left()
}
