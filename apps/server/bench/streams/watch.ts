import { Agent, get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WatchTopics } from '@galley/contract/platform/live'
import type { Watcher } from './people.ts'

/** So many streams are begun at once. */
const AT_ONCE = 20

/** Opens a stream for each, and calls `heard` at each hint that one of them gets. */
export async function watchAll(
  origin: string,
  watchers: Watcher[],
  topicsOf: (watcher: Watcher) => WatchTopics['topics'],
  heard: () => void,
) {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  const waiting = [...watchers]
  let open = 0
  const openNext = async (): Promise<void> => {
    const watcher = waiting.pop()
    if (!watcher) return
    const input = encodeURIComponent(JSON.stringify({ topics: topicsOf(watcher) }))
    const stream = await begin(`${origin}/trpc/live.watch?input=${input}`, watcher, agent)
    if (!stream) {
      waiting.push(watcher)
      await sleep(Math.random() * 1_000)
      return openNext()
    }
    open += 1
    stream.on('data', (text: string) => {
      for (let at = text.indexOf('"event":'); at >= 0; at = text.indexOf('"event":', at + 1))
        heard()
    })
    stream.on('error', () => {})
    stream.once('close', () => (open -= 1))
    return openNext()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, openNext))
  return { open: () => open, close: () => agent.destroy() }
}

/** Resolves with the first message; to nothing where the server has too much to do just now. */
const begin = (url: string, { cookie }: Watcher, agent: Agent) =>
  new Promise<IncomingMessage | undefined>((resolve, reject) => {
    const request = get(url, { agent, headers: { cookie } }, (response) => {
      response.setEncoding('utf8')
      if (response.statusCode === 503) {
        response.resume()
        return resolve(undefined)
      }
      if (response.statusCode !== 200) return reject(new Error(`Status ${response.statusCode}`))
      let text = ''
      const onData = (more: string) => {
        text += more
        if (!text.includes('"hints"')) return
        response.off('data', onData)
        resolve(response)
      }
      response.on('data', onData)
    })
    request.on('error', reject)
  })
