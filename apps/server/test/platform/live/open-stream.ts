import type { LiveMessage, WatchTopics } from '@galley/contract/platform/live'

type Options = { headers?: Record<string, string>; after?: string | undefined }

export type Stream = Awaited<ReturnType<typeof openStream>>

/** Watches topics over server-sent events, as a browser does, until it leaves or the server is closed. */
export async function openStream(
  origin: string,
  topics: WatchTopics['topics'],
  { headers = {}, after }: Options = {},
) {
  const input = encodeURIComponent(JSON.stringify({ topics }))
  const left = new AbortController()
  const response = await fetch(`${origin}/trpc/live.watch?input=${input}`, {
    headers: { ...headers, ...(after !== undefined && { 'last-event-id': after }) },
    signal: left.signal,
  })
  const events: SentEvent[] = []
  const ended = readEvents(response, events)
  const messages = () =>
    events.flatMap(({ name, data }) =>
      name === 'message' ? [JSON.parse(data) as LiveMessage] : [],
    )
  return {
    response,
    events,
    messages,
    hints: () => messages().flatMap(({ hints }) => hints.map(({ event, ids }) => ({ event, ids }))),
    /** The id that a browser would come again with. */
    lastId: () => events.findLast(({ name, id }) => name === 'message' && id !== undefined)?.id,
    /** How it ended, once it has: cleanly, cut off, or with an error of the server. */
    ended,
    leave: () => left.abort(),
  }
}

type SentEvent = { name: string; data: string; id: string | undefined }

async function readEvents({ body }: Response, events: SentEvent[]): Promise<'ended' | 'cut'> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const bytes of body ?? []) {
      const parts = (text + decoder.decode(bytes, { stream: true })).split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) if (part.trim() !== '') events.push(toEvent(part))
    }
    return 'ended'
  } catch {
    return 'cut'
  }
}

function toEvent(part: string): SentEvent {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
  return { name: field('event') ?? 'message', data: field('data') ?? '', id: field('id') }
}

/** The reason that a stream ended with. */
export function refusalOf({ events }: Pick<Stream, 'events'>): string | undefined {
  const error = events.find(({ name }) => name === 'serialized-error')
  if (!error) return undefined
  const { data }: { data: { reason: string } } = JSON.parse(error.data)
  return data.reason
}
