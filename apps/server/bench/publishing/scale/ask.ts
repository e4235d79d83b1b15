import { Agent, request } from 'node:http'

export type Answer = {
  /** 0 where there is none. */
  status: number
  body: string
  ms: number
  cookies: string[]
  retryAfter: string | undefined
  /** The code of what was in its way, where there is no answer. */
  failure: string | undefined
}

type Question = {
  method?: string
  path: string
  headers?: Record<string, string | undefined>
  body?: string
}

/** Sends a request over connections that are kept open. Status 0 is no answer. */
export function createAsk(origin: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = ({ method = 'GET', path, headers = {}, body }: Question): Promise<Answer> => {
    const begun = performance.now()
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value))
    return new Promise((resolve) => {
      const end = (answer: Partial<Answer>) =>
        resolve({ ...nothing, ...answer, ms: performance.now() - begun })
      const fail = (error: Error & { code?: string }) =>
        end({ failure: error.code ?? error.message })
      const sent = request(`${origin}${path}`, { method, headers: given, agent }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part) => (text += String(part)))
        response.once('end', () =>
          end({
            status: response.statusCode ?? 0,
            body: text,
            cookies: response.headers['set-cookie'] ?? [],
            retryAfter: response.headers['retry-after'],
          }),
        )
        response.once('error', fail)
      })
      sent.setTimeout(20_000, () => sent.destroy())
      sent.once('error', fail).end(body)
    })
  }
  return { ask, close: () => agent.destroy() }
}

const nothing: Answer = {
  status: 0,
  body: '',
  ms: 0,
  cookies: [],
  retryAfter: undefined,
  failure: undefined,
}
