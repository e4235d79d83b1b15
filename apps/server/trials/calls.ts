import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, send } from '../bench/overload/offer.ts'
import { demoPassword, emailOf } from '../dev/seed/people.ts'

type Calling = { origin: string; publicOrigin: string }

/** A JSON POST as a browser sends it from Galley's own page; a body given as text is sent as it is. */
export const post = (
  { origin, publicOrigin }: Calling,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  signal: AbortSignal = AbortSignal.timeout(60_000),
): Promise<Response> =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicOrigin, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  })

/** The headers of somebody of the demonstration publication who has signed in. */
export async function signIn(galley: Calling, username: string) {
  const response = await post(galley, '/trpc/sessions.create', {
    email: emailOf(username),
    password: demoPassword,
  })
  if (!response.ok) throw new Error(`${username} could not sign in: ${await response.text()}`)
  const [cookie = ''] = String(response.headers.get('set-cookie')).split(';')
  return { cookie }
}

/** Calls `path` again and again, as somebody else would meanwhile, on a connection of its own each time. */
export function watch(galley: Calling, path = '/health/live', everyMs = 50) {
  const answers: Answer[] = []
  const stopping = new AbortController()
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      answers.push(await send(galley.origin, { method: 'GET', path }))
      await sleep(everyMs)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await watching
      return {
        answers,
        slowestMs: Math.max(...answers.map(({ ms }) => ms)),
        failed: answers.filter(({ status }) => status === 0 || status >= 400).length,
      }
    },
  }
}
