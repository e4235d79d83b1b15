import type { On } from './call.ts'

/**
 * Opens a stream over a real connection, which `inject` does not end, and returns the first thing that it says: what a call
 * would return, in the same form.
 */
export async function callStream(
  { app }: Pick<On, 'app'>,
  url: string,
  headers: Record<string, string>,
) {
  const left = new AbortController()
  const response = await fetch(`${await originOf(app)}${url}`, { headers, signal: left.signal })
  const { status } = response
  const isStream = response.headers.get('content-type') === 'text/event-stream'
  const text = isStream ? await firstEvent(response) : await response.text()
  left.abort()
  const [, error] = /event: serialized-error\ndata: (.*)/.exec(text) ?? []
  const body = error === undefined ? text : `{"error":${error}}`
  const statusCode = error === undefined ? status : httpStatusIn(error)
  const sent = Object.fromEntries(response.headers)
  return { statusCode, body, cookies: [], headers: sent, json: () => JSON.parse(body) as unknown }
}

async function firstEvent({ body }: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true })
    if (/^(?:event: serialized-error\n)?data: \{"?(?:hints|message)/m.test(text)) break
  }
  return text
}

function httpStatusIn(error: string): number {
  const { data }: { data: { httpStatus: number } } = JSON.parse(error)
  return data.httpStatus
}

/** Where the app listens, from the first time on that somebody asks. */
export async function originOf(app: On['app']): Promise<string> {
  if (!app.server.listening) return app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return `http://127.0.0.1:${address.port}`
}
