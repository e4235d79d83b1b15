const MB = 1024 * 1024

export type BodyBudget = {
  /** Takes room for bytes that have arrived; false, and nothing is taken, where there is none. */
  take(address: string, bytes: number): boolean
  give(address: string, bytes: number): void
}

/**
 * How many bytes of large bodies a process holds at once, from their first byte until their response is out. An address
 * has at most a quarter, so that nobody takes the room of all others by sending slowly.
 */
export function createBodyBudget(total = 32 * MB): BodyBudget {
  const heldBy = new Map<string, number>()
  let held = 0

  return {
    take(address, bytes) {
      const own = (heldBy.get(address) ?? 0) + bytes
      if (held + bytes > total || own > total / 4) return false
      held += bytes
      heldBy.set(address, own)
      return true
    },
    give(address, bytes) {
      held -= bytes
      const own = (heldBy.get(address) ?? 0) - bytes
      if (own > 0) heldBy.set(address, own)
      else heldBy.delete(address)
    },
  }
}
