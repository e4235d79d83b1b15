import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'
import type { CreateRefusal } from '../errors/refusal.ts'
import { sendRefusal } from '../errors/send-refusal.ts'
import {
  isDocumentPath,
  isHealthPath,
  isMediaPath,
  isPagePath,
  isTrpcPath,
  pathOf,
} from '../paths.ts'
import { type Applicant, createAdmission, nextInFlightLimit } from './admission.ts'
import { createSlowReaders } from './connections.ts'
import { hasBody } from './slow-senders.ts'

const SAMPLE_MS = 200
const RESOLUTION_MS = 10
const READER_PATIENCE_MS = 15_000
const BODY_PATIENCE_MS = 100
/** A rendered page takes ten times the work of a call. */
const PAGE = 10

/** Emitted by a response whose work is done but for sending a file, which takes as long as its reader does. */
export const STREAMS = Symbol('streams')

/** What came in since the last look, and how much is worked on at once now, in the work of calls. */
type GateReport = { refused: number; waiting: number; inFlight: number; limit: number }

type GateOptions = {
  /** The paths of static files. */
  files?: ReadonlySet<string> | undefined
  /** Sends the response that is ready for the request, if there is one. */
  sendReady?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  /** Called at the start of each request. */
  watch?: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
}

export type Gate = {
  /** The listener, behind the gate. */
  guard(listener: RequestListener): RequestListener
  /** Call for each connection that comes in. */
  connected(): void
  /** Begins to look at the event loop; calls `onRefused` at most five times a second, where requests were refused. */
  start(onRefused: (report: GateReport) => void): void
  stop(): void
  /** How much is worked on and waits now, and how many were refused since the start. */
  counts(): { refused: number; waiting: number; working: number; limit: number }
}

/**
 * Admits as much work at once as can be done in time, lets some wait for a moment and refuses the rest (OWASP API4:2023;
 * Google's SRE book, "Handling Overload"). The event loop's delay alone would not do: it shows work that was admitted too
 * long ago to be sent away. What is cheap and waits for nothing is always admitted: health, documents, files, and what is ready,
 * which costs no more than to refuse it.
 */
export function createGate(
  env: Pick<Env, 'MAX_IN_FLIGHT'>,
  createRefusal: CreateRefusal,
  { files = new Set(), sendReady, watch }: GateOptions = {},
): Gate {
  const most = env.MAX_IN_FLIGHT
  const readers = createSlowReaders(READER_PATIENCE_MS)
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const admission = createAdmission(most)
  let refused = 0
  let refusedInAll = 0
  let timer: NodeJS.Timeout | undefined

  return {
    guard: (listener) => (request, response) => {
      watch?.(request, response)
      response.on('prefinish', () => readers.watch(response))
      if (sendReady?.(request, response)) return
      if (isFree(request) || files.has(pathOf(request.url ?? ''))) {
        return listener(request, response)
      }
      const applicant: Applicant = {
        cost: costOf(request),
        admit() {
          whileWorkedOn(request, response, applicant.cost)
          listener(request, response)
        },
        refuse() {
          refused += 1
          refusedInAll += 1
          sendRefusal(createRefusal, request, response)
        },
      }
      response.once('close', () => admission.withdraw(applicant))
      admission.apply(applicant)
    },
    connected: admission.connected,
    start(onRefused) {
      delay.enable()
      timer = setInterval(() => {
        admission.limit = nextInFlightLimit(admission.limit, takeLateness(), most)
        if (refused === 0) return
        const { limit, working: inFlight, waiting } = admission
        onRefused({ refused, waiting, inFlight, limit })
        refused = 0
      }, SAMPLE_MS)
      timer.unref()
    },
    stop() {
      clearInterval(timer)
      delay.disable()
      readers.stop()
    },
    counts() {
      const { working, waiting, limit } = admission
      return { refused: refusedInAll, working, waiting, limit }
    },
  }

  /** How late the event loop was on average since the last look, in milliseconds. */
  function takeLateness() {
    const lateMs = delay.count === 0 ? 0 : delay.mean / 1e6 - RESOLUTION_MS
    delay.reset()
    return lateMs
  }

  /**
   * Counts the request until its response is complete, whether or not its client takes it, and not while its body is slow
   * to arrive: neither who sends slowly nor who reads slowly holds a place.
   */
  function whileWorkedOn(request: IncomingMessage, response: ServerResponse, cost: number) {
    let place: 'taken' | 'free' | 'left' = 'free'
    const enter = () => {
      if (place !== 'free') return
      place = 'taken'
      admission.enter(cost)
    }
    const exit = (next: 'free' | 'left') => {
      if (place === 'taken') admission.leave(cost)
      if (place !== 'left') place = next
    }
    enter()
    if (hasBody(request)) {
      const slow = setTimeout(exit, BODY_PATIENCE_MS, 'free')
      request.once('end', () => {
        clearTimeout(slow)
        enter()
      })
      request.once('close', () => clearTimeout(slow))
    }
    response.on('prefinish', () => exit('left'))
    response.on(STREAMS, () => exit('left'))
    response.on('close', () => exit('left'))
  }
}

/** Health tells the truth however busy we are; a preflight that is refused would hide the reason from the page. */
const isFree = ({ method, url = '/' }: IncomingMessage) =>
  method === 'OPTIONS' || isHealthPath(url) || isDocumentPath(url)

/** How much work a request is likely to be, in calls, as far as its address tells. */
function costOf({ url = '/' }: IncomingMessage): number {
  if (isTrpcPath(url)) return pathOf(url).split(',', PAGE).length
  return isPagePath(url) && !isMediaPath(url) ? PAGE : 1
}

/** Runs the gate in front of the server while it listens. One line tells of many refusals: lines cost time, too. */
export const loadShedding = fastifyPlugin(
  (app, { gate }: { gate: Gate }, done) => {
    app.addHook('onReady', async () => {
      gate.start((report) => app.log.warn(report, 'requests refused: too many at once'))
    })
    app.addHook('onClose', async () => gate.stop())
    done()
  },
  { name: 'load-shedding', fastify: '5.x' },
)
