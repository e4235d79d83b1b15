import type { InjectOptions } from 'fastify'
import type { TestApp } from './app.ts'

type Request = Omit<InjectOptions, 'url' | 'payload'> & { payload?: unknown }

/** A request to `/api/v1`, with JSON where there is a payload. */
export function rest({ app }: Pick<TestApp, 'app'>, address: string, request: Request = {}) {
  const [method = 'GET', url = ''] = address.split(' ', 2)
  const { payload, headers, ...others } = request
  const json = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return app.inject({
    ...others,
    method: method as 'GET',
    url: `/api/v1${url}`,
    headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(payload !== undefined && { payload: json }),
  })
}
