import { expect, test, vi } from 'vitest'
import { createGalleyClient } from '../src/index.ts'
import { answerCalls, page } from './answers.ts'
import { serve, type Seen } from './server.ts'

const isAuth = ({ url }: Seen) => url.startsWith('/api/v1/auth/')
const authorizationsOf = (seen: Seen[]) =>
  seen.filter((one) => !isAuth(one)).map((one) => one.headers.authorization)

/** Gives out access tokens a1, a2, ... and refuses all but the last. */
function tokenServer({ expiresIn = 600, refuses = [] as string[] } = {}) {
  let given = 0
  return serve((request, response) => {
    if (isAuth(request)) {
      const { refreshToken } = JSON.parse(request.body)
      if (refuses.includes(refreshToken)) {
        const body = { reason: 'token/invalid', message: 'Not valid', fields: [], requestId: 'r' }
        return response.writeHead(401).end(JSON.stringify(body))
      }
      given += 1
      const pair = { tokenType: 'Bearer', expiresIn, refreshExpiresIn: 9999 }
      return response.end(
        JSON.stringify({ ...pair, accessToken: `a${given}`, refreshToken: `r${given}` }),
      )
    }
    if (request.headers.authorization === `Bearer a${given}`) {
      return answerCalls(request, response, { data: page })
    }
    return answerCalls(request, response, { reason: 'token/invalid', status: 401 })
  })
}

test('a personal token goes with every call', async () => {
  const { url, seen } = await serve((request, response) =>
    answerCalls(request, response, { data: page }),
  )
  const galley = createGalleyClient({ url, auth: { token: 'gly_x' } })
  await galley.tags.list.query({})
  await galley.articles.create.mutate({})
  expect(authorizationsOf(seen)).toEqual(['Bearer gly_x', 'Bearer gly_x'])
})

test('fifty calls at once sign in once', async () => {
  const { url, seen } = await tokenServer()
  const onTokens = vi.fn<() => void>()
  const auth = { email: 'ada@example.com', password: 'p', onTokens }
  const galley = createGalleyClient({ url, auth })
  await Promise.all(Array.from({ length: 50 }, () => galley.tags.list.query({})))
  expect(seen.filter(isAuth).map((one) => [one.url, one.body])).toEqual([
    ['/api/v1/auth/tokens', '{"email":"ada@example.com","password":"p"}'],
  ])
  expect(onTokens).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ refreshToken: 'r1' }))
})

test('fifty calls with a token that is refused get one new one, and go through', async () => {
  const { url, seen } = await tokenServer()
  const auth = { refreshToken: 'r0' }
  const galley = createGalleyClient({ url, auth })
  await galley.tags.list.query({})
  // Somebody else took the token of this client for the next.
  await fetch(`${url}/api/v1/auth/refresh`, { method: 'POST', body: '{"refreshToken":"r1"}' })
  seen.length = 0
  await Promise.all([
    ...Array.from({ length: 40 }, () => galley.tags.list.query({})),
    ...Array.from({ length: 10 }, () => galley.articles.create.mutate({})),
  ])
  expect(seen.filter(isAuth).map((one) => one.body)).toEqual(['{"refreshToken":"r1"}'])
  expect(new Set(authorizationsOf(seen))).toEqual(new Set(['Bearer a1', 'Bearer a3']))
})

test('a token is renewed before it runs out', async () => {
  const { url, seen } = await tokenServer({ expiresIn: 0 })
  const galley = createGalleyClient({ url, auth: { refreshToken: 'r0' } })
  await galley.tags.list.query({})
  await galley.tags.list.query({})
  expect(authorizationsOf(seen)).toEqual(['Bearer a1', 'Bearer a2'])
})

test('a refresh token that ran out: signs in again where it can, else fails as the server says', async () => {
  const { url, seen } = await tokenServer({ expiresIn: 0, refuses: ['r1', 'old'] })
  const auth = { email: 'ada@example.com', password: 'p' }
  const galley = createGalleyClient({ url, auth })
  await galley.tags.list.query({})
  await galley.tags.list.query({})
  expect(seen.filter(isAuth).map((one) => one.url.split('/').at(-1))).toEqual([
    'tokens',
    'refresh',
    'tokens',
  ])
  const late = createGalleyClient({ url, auth: { refreshToken: 'old' } })
  await expect(late.tags.list.query({})).rejects.toMatchObject({
    name: 'GalleyError',
    reason: 'token/invalid',
    status: 401,
  })
})

test('a refused call is sent a second time only', async () => {
  const { url, seen } = await serve((request, response) => {
    if (isAuth(request)) {
      const pair = { accessToken: 'a', refreshToken: 'r', expiresIn: 600 }
      return response.end(JSON.stringify(pair))
    }
    return answerCalls(request, response, { reason: 'token/invalid', status: 401 })
  })
  const galley = createGalleyClient({ url, auth: { refreshToken: 'r0' } })
  await expect(galley.tags.list.query({})).rejects.toMatchObject({ reason: 'token/invalid' })
  expect(authorizationsOf(seen)).toHaveLength(2)
})
