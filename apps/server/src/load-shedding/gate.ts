import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Env } from '../env.ts'
import { isDocumentPath, isHealthPath, pathOf } from '../paths.ts'
import { nextInFlightLimit } from './in-flight-limit.ts'
import { createRefusal } from './refusal.ts'
import { createSlowReaders } from './slow-readers.ts'

const SAMPLE_MS = 200
const RESOLUTION_MS = 10
const READER_PATIENCE_MS = 15_000

export type GateEnv = Pick<Env, 'NODE_ENV' | 'PUBLIC_ORIGIN' | 'CORS_ORIGINS' | 'MAX_IN_FLIGHT'>

/** What came in since the last look, and how much may be in at once now. */
type GateReport = { refused: number; inFlight: number; limit: number }

export type Gate = {
  /** The listener, behind the gate. */
  guard(listener: RequestListener): RequestListener
  /** Begins to look at the event loop; `onRefused` is told at most five times a second, when there is something. */
  start(onRefused: (report: GateReport) => void): void
  stop(): void
}

/**
 * Lets in as many requests at once as can be answered in time and refuses the rest at once (OWASP API4:2023; Google's
 * SRE book, "Handling Overload"): a queue that everybody waits in serves nobody. The event loop's delay alone would
 * not do: it tells of work that was let in too long ago to be sent away. What is cheap and waits for nothing is always let
 * in: health, documents, and `files`, the paths of static ones.
 */
export function createGate(env: GateEnv, files: ReadonlySet<string> = new Set()): Gate {
  const most = env.MAX_IN_FLIGHT
  const refuse = createRefusal(env)
  const readers = createSlowReaders(READER_PATIENCE_MS)
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  let limit = most
  let inFlight = 0
  let refused = 0
  let timer: NodeJS.Timeout | undefined

  return {
    guard: (listener) => (request, response) => {
      response.on('prefinish', () => readers.watch(response))
      if (isFree(request) || files.has(pathOf(request.url ?? '')))
        return listener(request, response)
      if (inFlight >= limit) {
        refused += 1
        return refuse(request, response)
      }
      whileWorkedOn(request, response)
      listener(request, response)
    },
    start(onRefused) {
      delay.enable()
      timer = setInterval(() => {
        limit = nextInFlightLimit(limit, takeLateness(), most)
        if (refused === 0) return
        onRefused({ refused, inFlight, limit })
        refused = 0
      }, SAMPLE_MS)
      timer.unref()
    },
    stop() {
      clearInterval(timer)
      delay.disable()
      readers.stop()
    },
  }

  /** How late the event loop was on average since the last look, in milliseconds. */
  function takeLateness() {
    const lateMs = delay.count === 0 ? 0 : delay.mean / 1e6 - RESOLUTION_MS
    delay.reset()
    return lateMs
  }

  /**
   * Counts the request from the moment that it has arrived as a whole until its answer is complete, whether or not its
   * client takes it: neither who sends slowly nor who reads slowly holds a place.
   */
  function whileWorkedOn(request: IncomingMessage, response: ServerResponse) {
    let place: 'none' | 'taken' | 'left' = 'none'
    const enter = () => {
      if (place !== 'none') return
      place = 'taken'
      inFlight += 1
    }
    const leave = () => {
      if (place === 'taken') inFlight -= 1
      place = 'left'
    }
    if (hasBody(request)) request.once('end', enter)
    else enter()
    response.on('prefinish', leave)
    response.on('close', leave)
  }
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Health tells the truth however busy we are; a preflight that is refused would hide the reason from the page. */
const isFree = ({ method, url = '/' }: IncomingMessage) =>
  method === 'OPTIONS' || isHealthPath(url) || isDocumentPath(url)
