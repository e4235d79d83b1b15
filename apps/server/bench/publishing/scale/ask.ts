import { Agent, request } from 'node:http'

export type Answer = { status: number; body: string; ms: number; cookies: string[] }

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
      const end = (status: number, text = '', cookies: string[] = []) =>
        resolve({ status, body: text, ms: performance.now() - begun, cookies })
      const sent = request(`${origin}${path}`, { method, headers: given, agent }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part) => (text += String(part)))
        response.once('end', () =>
          end(response.statusCode ?? 0, text, response.headers['set-cookie']),
        )
        response.once('error', () => end(0))
      })
      sent.setTimeout(20_000, () => sent.destroy())
      sent.once('error', () => end(0)).end(body)
    })
  }
  return { ask, close: () => agent.destroy() }
}
