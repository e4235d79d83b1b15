import { appRouter } from '@galley/api/root'
import { Scope } from '@galley/contract/tokens'
import { expect, test } from 'vitest'
import { useApp } from './app.ts'

const on = useApp()
const paths = Object.keys(appRouter._def.procedures)

test('every procedure is in the reference, with schemas, access, scope and cost', async () => {
  const { procedures } = (await on.app.inject('/api/reference.json')).json()
  expect(procedures.map(({ path }: { path: string }) => path)).toEqual(paths)
  for (const { type, access, scope, fresh, cost, input, output } of procedures) {
    expect(['query', 'mutation']).toContain(type)
    expect(['public', 'signed-in', 'editor', 'admin']).toContain(access)
    expect([null, ...Scope.options]).toContain(scope)
    expect(fresh).toBeTypeOf('boolean')
    expect(cost).toBeGreaterThan(0)
    expect(input).toBeTypeOf('object')
    expect(output.type).toBe('object')
  }
  const create = procedures.find(({ path }: { path: string }) => path === 'comments.create')
  expect(create).toMatchObject({
    type: 'mutation',
    access: 'signed-in',
    scope: 'comments:write',
    fresh: false,
  })
  const setRole = procedures.find(({ path }: { path: string }) => path === 'users.setRole')
  expect(setRole).toMatchObject({ access: 'editor', scope: null, fresh: true })
  const signIn = procedures.find(({ path }: { path: string }) => path === 'sessions.create')
  expect(signIn).toMatchObject({ access: 'public', allowance: 'sign-in' })
  expect(create.input.properties.body).toMatchObject({ type: 'string', maxLength: 5000 })
  expect(create.input.additionalProperties).toBe(false)
})

test('every route for programs is in the reference, and is there', async () => {
  const { routes } = (await on.app.inject('/api/reference.json')).json()
  expect(routes.map(({ path }: { path: string }) => path)).toEqual([
    '/api/v1/auth/tokens',
    '/api/v1/auth/refresh',
    '/api/v1/auth/revoke',
    '/.well-known/jwks.json',
  ])
  const { body } = await on.app.inject('/api/reference')
  for (const { method, path, input } of routes) {
    expect(on.app.hasRoute({ method, url: path })).toBe(true)
    expect(body).toContain(`<h3>${path}</h3>`)
    expect(input === null || input.additionalProperties === false).toBe(true)
  }
})

test('as a page that asks for nothing from elsewhere and runs nothing', async () => {
  const { body, headers } = await on.app.inject('/api/reference')
  for (const path of paths) expect(body).toContain(`<article id="${path}">`)
  expect(body).not.toMatch(/<script|<link|<img|src=|url\(| style="| on[a-z]+="/)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(headers['content-security-policy']).toContain(/<style nonce="([\w-]+)"/.exec(body)?.[1])
})

test('/api says where things are', async () => {
  const places = (await on.app.inject('/api')).json()
  for (const url of [
    places.reference,
    places.referenceJson,
    places.keys,
    places.health.live,
    places.health.ready,
  ]) {
    expect((await on.app.inject(url)).statusCode).toBe(200)
  }
})
