import {
  freeUnits,
  secondsUntilFree,
  type Quota,
  type WindowUse,
  type WindowCounters,
} from './window.ts'

/** The share of a quota that a process takes from the shared counter at a time. */
const BLOCK = 0.02
/** Keys remembered; beyond, the oldest is forgotten with what it had left. */
const MOST_LEASES = 20_000

/** What a process has of one key's units, and what it last saw of the shared counter. */
type Lease = {
  units: number
  seen?: WindowUse & { at: number }
  /** Units that calls of this moment wait for. */
  waiting: number
  renewal?: Promise<void>
}

export type Leased = { allowed: boolean; remaining: number; resetSeconds: number }

export type Leases = {
  charge(key: string, cost: number, limit: Quota): Promise<Leased>
  /** By what this process knows; asks nobody. */
  isUsedUp(key: string, limit: Quota): boolean
}

/**
 * Units bought in blocks and spent in the process. Units are spent in the window in which they were counted, so a
 * window's quota holds exactly. What it costs: of two windows that overlap, each process may spend a block later than
 * it was counted (over any minute 2 % too much per process); a block that is not spent is lost to the caller until its
 * window has passed; and `remaining` does not show what other processes took since the last block. A caller that is
 * over its quota costs no statement until the first moment at which units can be free again.
 */
export function createLeases(
  counters: WindowCounters,
  { now = () => performance.now() }: { now?: () => number } = {},
): Leases {
  const leases = new Map<string, Lease>()

  return {
    async charge(key, cost, limit) {
      const lease = leaseOf(key)
      lease.waiting += cost
      try {
        for (;;) {
          dropOutdated(lease, limit)
          if (lease.units >= cost) {
            lease.units -= cost
            return { allowed: true, ...statusOf(lease, limit) }
          }
          const wait = secondsToWait(lease, cost, limit)
          if (wait > 0) {
            return { allowed: false, remaining: 0, resetSeconds: toSeconds(wait) }
          }
          // Calls side by side share one: the first is served by it, the rest look again.
          lease.renewal ??= renew(key, lease, cost, limit).finally(() => delete lease.renewal)
          await lease.renewal
        }
      } finally {
        lease.waiting -= cost
      }
    },
    isUsedUp(key, limit) {
      const lease = leases.get(key)
      return lease !== undefined && lease.units < 1 && secondsToWait(lease, 1, limit) > 0
    },
  }

  function leaseOf(key: string): Lease {
    const known = leases.get(key)
    if (known) return known
    const [oldest] = leases.keys()
    if (leases.size >= MOST_LEASES && oldest !== undefined) leases.delete(oldest)
    const lease = { units: 0, waiting: 0 }
    leases.set(key, lease)
    return lease
  }

  async function renew(key: string, lease: Lease, cost: number, limit: Quota) {
    const least = cost - lease.units
    const block = Math.floor(limit.quota * BLOCK)
    const most = Math.max(least, lease.waiting - lease.units, block)
    const { granted, ...use } = await counters.take({ key, least, most, ...limit })
    lease.units += granted
    lease.seen = { ...use, at: now() }
  }

  function useNow(seen: NonNullable<Lease['seen']>): WindowUse {
    return { ...seen, elapsedSeconds: seen.elapsedSeconds + (now() - seen.at) / 1000 }
  }

  function dropOutdated(lease: Lease, { windowSeconds }: Quota) {
    if (lease.seen && useNow(lease.seen).elapsedSeconds >= windowSeconds) {
      lease.units = 0
      delete lease.seen
    }
  }

  // Others can only have taken more since: what was not free then is not free before this.
  function secondsToWait(lease: Lease, cost: number, limit: Quota): number {
    if (cost > limit.quota) return limit.windowSeconds
    if (!lease.seen) return 0
    return secondsUntilFree(cost - lease.units, useNow(lease.seen), limit)
  }

  function statusOf(lease: Lease, limit: Quota) {
    if (!lease.seen) return { remaining: lease.units, resetSeconds: limit.windowSeconds }
    const use = useNow(lease.seen)
    return {
      remaining: freeUnits(use, limit) + lease.units,
      resetSeconds: toSeconds(limit.windowSeconds - use.elapsedSeconds),
    }
  }
}

const toSeconds = (seconds: number) => Math.max(1, Math.ceil(seconds))
