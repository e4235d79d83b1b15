/** Who has a stream open: a person where somebody is signed in, and the address that they come from. */
export type StreamOwner = { person?: string | undefined; address: string }

/** Of which there are too many; undefined where there is room for another. */
export type Full = 'person' | 'address' | 'process' | undefined

type Limits = { person: number; address: number; process: number }

export type OpenStreams = {
  /** What keeps this owner from another stream. */
  full(owner: StreamOwner): Full
  /** Counts a stream until what it returns is called; once is enough. */
  open(owner: StreamOwner): () => void
  readonly count: number
}

/** Counts the streams that this process has open. They are no requests: they last for hours, and do next to nothing. */
export function createOpenStreams(limits: Limits): OpenStreams {
  const byPerson = createCounts()
  const byAddress = createCounts()
  let count = 0

  return {
    get count() {
      return count
    },
    full({ person, address }) {
      if (count >= limits.process) return 'process'
      if (person !== undefined && byPerson.of(person) >= limits.person) return 'person'
      return byAddress.of(address) >= limits.address ? 'address' : undefined
    },
    open({ person, address }) {
      let isOpen = true
      count += 1
      if (person !== undefined) byPerson.add(person, 1)
      byAddress.add(address, 1)
      return () => {
        if (!isOpen) return
        isOpen = false
        count -= 1
        if (person !== undefined) byPerson.add(person, -1)
        byAddress.add(address, -1)
      }
    },
  }
}

function createCounts() {
  const counts = new Map<string, number>()
  const of = (key: string) => counts.get(key) ?? 0
  return {
    of,
    add(key: string, more: number) {
      const count = of(key) + more
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
    },
  }
}
