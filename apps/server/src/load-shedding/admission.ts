/** So long somebody waits for room before they are refused: together with the work, less than a second. */
const PATIENCE_MS = 400
const LOOK_EVERY_MS = 25
const MOST_WAITING = 1_000
/** Turns of the event loop in a row that only take connections. */
const MOST_IDLE_TURNS = 256

export type Applicant = {
  /** How much of the room its work takes. */
  cost: number
  admit(): void
  refuse(): void
}

type Admission = {
  /** Admits at once where there is room, nobody waits and no connection has come in; else in turn, or refuses. */
  apply(applicant: Applicant): void
  /** Of one that waits and has gone away; of others it does nothing. */
  withdraw(applicant: Applicant): void
  /** Takes room; give it back by `leave`. */
  enter(cost: number): void
  leave(cost: number): void
  /** A connection has come in. */
  connected(): void
  limit: number
  readonly working: number
  readonly waiting: number
}

/**
 * Room for so much work at once, and a queue of who waits for it, the oldest first. Who has waited for 400 ms is refused,
 * oldest first: a queue that everybody waits in for long serves nobody, and one that is cut by time lets a burst through
 * (CoDel, RFC 8289). Waiting also slows down those who ask again as soon as they have a response.
 *
 * Node takes one new connection in each turn of its event loop, and a turn is as long as the work that is done in it: the
 * others would wait where nobody sees them. So while connections come in, nothing is started for up to 256 turns.
 */
export function createAdmission(most: number): Admission {
  const queue = new Map<Applicant, number>()
  let working = 0
  let hasConnected = false
  let idleTurns = 0
  let turn: NodeJS.Immediate | undefined
  let timer: NodeJS.Timeout | undefined

  const admission = {
    limit: most,
    get working() {
      return working
    },
    get waiting() {
      return queue.size
    },
    apply(applicant: Applicant) {
      if (queue.size === 0 && !hasConnected && hasRoom(applicant.cost)) return applicant.admit()
      queue.set(applicant, performance.now())
      if (hasRoom(applicant.cost)) turn ??= setImmediate(admitNext)
      timer ??= setInterval(refuseLate, LOOK_EVERY_MS).unref()
      if (queue.size > MOST_WAITING) refuseOldest()
    },
    withdraw(applicant: Applicant) {
      queue.delete(applicant)
    },
    enter(cost: number) {
      working += cost
    },
    leave(cost: number) {
      working -= cost
      if (queue.size > 0) turn ??= setImmediate(admitNext)
    },
    connected() {
      hasConnected = true
    },
  }
  return admission

  // What costs more than all the room is worked on alone.
  function hasRoom(cost: number) {
    return working === 0 || working + cost <= admission.limit
  }

  function admitNext() {
    turn = undefined
    if (hasConnected && idleTurns < MOST_IDLE_TURNS) {
      hasConnected = false
      idleTurns += 1
      turn = setImmediate(admitNext)
      return
    }
    idleTurns = 0
    for (const applicant of queue.keys()) {
      if (!hasRoom(applicant.cost)) return
      queue.delete(applicant)
      applicant.admit()
    }
  }

  function refuseLate() {
    const latest = performance.now() - PATIENCE_MS
    for (const since of queue.values()) {
      if (since > latest) return
      refuseOldest()
    }
    clearInterval(timer)
    timer = undefined
  }

  function refuseOldest() {
    const [oldest] = queue.keys()
    if (!oldest) return
    queue.delete(oldest)
    oldest.refuse()
  }
}

/** How late the event loop may be before less work is admitted. */
const LATE_MS = 100
/** What is always admitted: enough to keep two cores busy, and little enough to be done within a second. */
const LEAST = 40
const GROWTH = 1 / 20

/**
 * How much work, in calls, may be under way at once, after the event loop was `lateMs` late: while it is late, as many as
 * would have been done in time, since it is late by what was admitted; a little more each time while it is not. A fixed
 * number would be wrong for somebody: machines differ, and so does what their other cores have to do.
 */
export function nextInFlightLimit(current: number, lateMs: number, most: number): number {
  const next = lateMs > LATE_MS ? (current * LATE_MS) / lateMs : current + most * GROWTH
  return Math.min(most, Math.max(LEAST, Math.floor(next)))
}
