import {
  PRESENT_SECONDS,
  type Place,
  type PresentPerson,
} from '@galley/contract/publishing/presence'

type People = readonly PresentPerson[]

type Options = {
  /** Says where this person is; resolves to who else is there. */
  announce(place: Place | null): Promise<{ people: People }>
  list(): Promise<{ people: People }>
  leave(): void
  /** Where this person is now. */
  place(): Place | null
  onChange(people: People): void
  /** Whether the server refused, rather than could not be asked. */
  isRefusal(error: unknown): boolean
}

const BEAT_MS = 10_000
const LEAST_MS = 1_000

/** Says again and again that this page has an article open, and learns who else has. */
export function createPresence(options: Options) {
  const { onChange } = options
  let next: ReturnType<typeof setTimeout> | undefined
  let look: ReturnType<typeof setTimeout> | undefined
  let isThere = false
  let sent = ''
  let sentAt = -Infinity
  let lookedAt = -Infinity
  let heardAt = -Infinity

  async function ask(call: () => Promise<{ people: People }>) {
    lookedAt = performance.now()
    try {
      const { people } = await call()
      if (!isThere) return
      heardAt = performance.now()
      onChange(people)
    } catch (error) {
      const isOld = performance.now() - heardAt > PRESENT_SECONDS * 1000
      if (isThere && (isOld || options.isRefusal(error))) onChange([])
    }
  }

  function beat() {
    const place = options.place()
    sent = JSON.stringify(place)
    sentAt = performance.now()
    clearTimeout(next)
    next = setTimeout(beat, BEAT_MS)
    void ask(() => options.announce(place))
  }

  return {
    enter() {
      if (isThere) return
      isThere = true
      beat()
    },
    /** The person may be somewhere else by now. */
    moved() {
      if (!isThere) return
      clearTimeout(next)
      const wait = Math.max(0, sentAt + LEAST_MS - performance.now())
      next = setTimeout(() => {
        if (JSON.stringify(options.place()) !== sent) return beat()
        next = setTimeout(beat, Math.max(0, sentAt + BEAT_MS - performance.now()))
      }, wait)
    },
    /** Somebody else has come, moved or left. */
    changed() {
      if (!isThere || look !== undefined) return
      look = setTimeout(
        () => {
          look = undefined
          void ask(options.list)
        },
        Math.max(0, lookedAt + LEAST_MS - performance.now()),
      )
    },
    leave() {
      if (!isThere) return
      isThere = false
      clearTimeout(next)
      clearTimeout(look)
      look = undefined
      options.leave()
      onChange([])
    },
  }
}
