import type { LiveHint, LiveMessage, WatchTopics } from '@galley/contract/platform/live'
import type { Topic } from '@galley/contract/topics'

/** What has happened. `reload`: more than can be told, or less than before may be seen; what is shown is read again. */
export type Change =
  | { event: LiveHint['event']; ids: LiveHint['ids'] }
  | { event: 'reload'; ids: Record<string, never> }

type Member = { topics: readonly Topic[]; hear(change: Change): void }

const SETTLE_MS = 30
/** From one page to the next nobody may watch for a moment. */
const LINGER_MS = 2_000
/** A tab that nobody looks at for so long lets go of its connection: browsers have six of them for a site, over HTTP/1.1. */
const HIDDEN_MS = 60_000
/** The server says something every 15 s. */
const SILENCE_MS = 45_000
const LONGEST_WAIT_MS = 60_000
const MOST_TOPICS = 20
/** A second refusal in a row will not be the last. */
const MOST_REFUSALS = 2

/**
 * The one stream of this tab, for all who watch something in it. It comes again by itself where it left off, at a random moment,
 * as many tabs lose their server at once. tRPC's own link for it is not used: it is in the module that every page loads.
 */
function createLiveStream() {
  const members = new Set<Member>()
  let source: EventSource | undefined
  let watched = ''
  let lastEventId: string | undefined
  let failures = 0
  let refusals = 0
  let next: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(close, HIDDEN_MS)
    // What is watched may have changed while nobody looked.
    else soon()
  })

  /** Hears of changes to the topics until what it returns is called. */
  return function join(member: Member): () => void {
    members.add(member)
    soon()
    return () => {
      members.delete(member)
      soon(members.size === 0 ? LINGER_MS : SETTLE_MS)
    }
  }

  // All parts of a page come and go together.
  function soon(waitMs = SETTLE_MS) {
    clearTimeout(next)
    next = setTimeout(follow, waitMs)
  }

  function follow() {
    const topics = topicsOf(members)
    const wanted = JSON.stringify(topics)
    if (topics.length === 0) {
      close()
      watched = ''
      lastEventId = undefined
      return
    }
    if (wanted !== watched) refusals = 0
    if (source && wanted === watched) return
    if (refusals >= MOST_REFUSALS || document.hidden) return
    watched = wanted
    open(topics)
  }

  function open(topics: Topic[]) {
    close()
    const input: WatchTopics = { topics, ...(lastEventId !== undefined && { lastEventId }) }
    const opened = new EventSource(
      `/trpc/live.watch?input=${encodeURIComponent(JSON.stringify(input))}`,
    )
    source = opened
    opened.addEventListener('message', ({ data, lastEventId: id }: MessageEvent<string>) => {
      failures = 0
      refusals = 0
      lastEventId = id
      stayAwake()
      tell(JSON.parse(data) as LiveMessage)
    })
    opened.addEventListener('ping', stayAwake)
    opened.addEventListener('serialized-error', ({ data }: MessageEvent<string>) => {
      if (isRefusal(data)) refusals += 1
      comeAgain()
    })
    opened.addEventListener('return', comeAgain)
    opened.addEventListener('error', comeAgain)
    stayAwake()
  }

  function stayAwake() {
    clearTimeout(silence)
    silence = setTimeout(comeAgain, SILENCE_MS)
  }

  function comeAgain() {
    close()
    failures += 1
    soon(Math.random() * Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures))
  }

  function close() {
    clearTimeout(silence)
    source?.close()
    source = undefined
  }

  function tell({ hints, reload, ended }: LiveMessage) {
    for (const member of members) {
      const concerns = (topic: Topic) => member.topics.some((own) => isSame(own, topic))
      if (reload || ended.some(concerns)) member.hear({ event: 'reload', ids: {} })
      else {
        for (const { event, topic, ids } of hints) {
          if (concerns(topic)) member.hear({ event, ids })
        }
      }
    }
  }
}

function topicsOf(members: Iterable<Member>): Topic[] {
  const all = [...members].flatMap(({ topics }) => topics)
  const byKey = new Map(all.map((topic) => [JSON.stringify(topic), topic]))
  return [...byKey.keys()]
    .toSorted()
    .slice(0, MOST_TOPICS)
    .flatMap((key) => byKey.get(key) ?? [])
}

const isSame = (one: Topic, other: Topic) => JSON.stringify(one) === JSON.stringify(other)

/** Whether the same request would come to the same: what is wrong is not the server. */
function isRefusal(error: string): boolean {
  const { data }: { data?: { httpStatus?: number } } = JSON.parse(error)
  const status = data?.httpStatus ?? 500
  return status < 500 && status !== 429
}

export const joinLive = createLiveStream()
