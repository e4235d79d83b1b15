import { policiesFor, type Allowance, type Policy } from './allowances.ts'
import { createLeases, type Leased } from './leases.ts'
import { freeUnits, secondsUntilFree, type WindowCounters } from './window.ts'

/** Who is charged: `address` as `addressKey` writes it, `person` the id of who is signed in, by cookie or token. */
export type Caller = { address: string; person?: string }

/** What is left of an allowance after a charge; `resetSeconds` is when to come back where it was refused. */
export type RateLimitStatus = Leased & { policy: Policy }

/** Counts cost units in sliding windows that all processes share. A refused charge takes nothing. */
export type RateLimiter = {
  /** From the person's general allowance and that of their network, or from the address's own. Leased in blocks. */
  chargeCall(caller: Caller, cost: number): Promise<RateLimitStatus>
  /** From a stricter allowance, of the address and of the person: exact, a statement each. Returns the tighter one. */
  chargeAllowance(caller: Caller, name: Allowance, cost: number): Promise<RateLimitStatus>
  /** Counts something that should not happen, with the quota of general calls. */
  countOffence(key: string): Promise<void>
  /** Whether so many offences were counted that the quota is used up, as far as this process knows. */
  isOffender(key: string): boolean
}

export function createRateLimiter(counters: WindowCounters, callsPerMinute: number): RateLimiter {
  const { calls, network, named } = policiesFor(callsPerMinute)
  const leases = createLeases(counters)

  const lease = async (policy: Policy, key: string, cost: number) => ({
    policy,
    ...(await leases.charge(`${policy.name}:${key}`, cost, policy)),
  })

  return {
    async chargeCall({ address, person }, cost) {
      if (person === undefined) return lease(calls, `address:${address}`, cost)
      const together = await lease(network, `address:${address}`, cost)
      return together.allowed ? lease(calls, `person:${person}`, cost) : together
    },
    async chargeAllowance({ address, person }, name, cost) {
      const policy = named[name]
      const ofAddress = await charge(policy.address, `address:${address}`, cost)
      if (!ofAddress.allowed || person === undefined) return ofAddress
      const ofPerson = await charge(policy.person, `person:${person}`, cost)
      const isTighter = !ofPerson.allowed || ofPerson.remaining <= ofAddress.remaining
      return isTighter ? ofPerson : ofAddress
    },
    async countOffence(key) {
      await leases.charge(`offences:${key}`, 1, calls)
    },
    isOffender: (key) => leases.isUsedUp(`offences:${key}`, calls),
  }

  async function charge(policy: Policy, key: string, cost: number): Promise<RateLimitStatus> {
    const { quota, windowSeconds } = policy
    const demand = { key: `${policy.name}:${key}`, least: cost, most: cost, quota, windowSeconds }
    const { granted, ...use } = await counters.take(demand)
    const allowed = granted === cost
    const wait = allowed
      ? windowSeconds - use.elapsedSeconds
      : Math.min(secondsUntilFree(cost, use, policy), 2 * windowSeconds)
    return {
      policy,
      allowed,
      remaining: allowed ? freeUnits(use, policy) : 0,
      resetSeconds: Math.max(1, Math.ceil(wait)),
    }
  }
}
