import { contractHeader } from '@galley/contract/skew'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'

const server = useApp()
const version = contractHeader()

test.each([
  ['a call', '/trpc/sessions.current', 200],
  ['a call by REST', '/api/v1/site', 200],
  ['a refused call', '/trpc/tokens.list', 401],
  ['an unknown address of the API', '/api/nothing', 404],
])('%s carries the version of the contract', async (_, url, status) => {
  const answer = await server.app.inject({ url })
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['galley-contract']).toBe(version)
})

test('pages elsewhere may read it (CORS)', async () => {
  const headers = { origin: 'https://app.galley.test' }
  const answer = await server.app.inject({ url: '/trpc/site.get', headers })
  expect(answer.headers['access-control-expose-headers']).toContain('galley-contract')
})

test('health does not', async () => {
  const answer = await server.app.inject({ url: '/health/live' })
  expect(answer.headers).not.toHaveProperty('galley-contract')
})
