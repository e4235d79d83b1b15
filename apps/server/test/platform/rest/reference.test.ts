import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { Scope } from '@galley/contract/scopes'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'

const on = useApp()
const paths = listProcedures(appRouter).map(({ path }) => path)

test('every procedure is in the reference as data, with schemas, access, scope and cost', async () => {
  const { procedures } = (await on.app.inject('/api/reference.json')).json()
  expect(procedures.map(({ path }: { path: string }) => path)).toEqual(paths)
  for (const { type, access, scope, fresh, cost, input, output } of procedures) {
    expect(['query', 'mutation', 'subscription']).toContain(type)
    expect(['public', 'signed-in', 'editor', 'admin']).toContain(access)
    expect([null, ...Scope.options]).toContain(scope)
    expect(fresh).toBeTypeOf('boolean')
    expect(cost).toBeGreaterThan(0)
    expect(input).toBeTypeOf('object')
    expect(output.type).toBe('object')
  }
  const update = procedures.find(({ path }: { path: string }) => path === 'users.updateProfile')
  expect(update).toMatchObject({
    type: 'mutation',
    access: 'signed-in',
    scope: 'profile:write',
    fresh: false,
  })
  const setRole = procedures.find(({ path }: { path: string }) => path === 'users.setRole')
  expect(setRole).toMatchObject({ access: 'editor', scope: null, fresh: true })
  const signIn = procedures.find(({ path }: { path: string }) => path === 'sessions.create')
  expect(signIn).toMatchObject({ access: 'public', allowance: 'sign-in' })
  expect(update.input.properties.bio).toMatchObject({ type: 'string', maxLength: 500 })
  expect(update.input.additionalProperties).toBe(false)
})

test('HD1 the page runs nothing that is not ours, and nothing inline without the nonce', async () => {
  const { body, headers } = await on.app.inject('/api/reference')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  const policy = String(headers['content-security-policy'])
  const [, nonce] = /<script nonce="([\w-]+)"/.exec(body) ?? []
  expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`)
  expect(policy).toContain("style-src 'self' 'unsafe-inline'")
  expect(policy.match(/unsafe-inline/g)).toHaveLength(1)
  expect(policy).not.toContain('unsafe-eval')
  expect(body.match(/<script/g)).toHaveLength(2)
  expect(body).not.toMatch(/(?:src|href)="(?!\/)|<script(?! nonce)| on[a-z]+="/)
  const elsewhere = await on.app.inject('/api')
  expect(elsewhere.headers['content-security-policy']).not.toContain('unsafe-inline')
})

test('its script comes from here, packed, and may be kept forever', async () => {
  const { body } = await on.app.inject('/api/reference')
  const [, url = ''] = /src="([^"]+)"/.exec(body) ?? []
  const plain = await on.app.inject(url)
  expect(plain.statusCode).toBe(200)
  expect(plain.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  })
  const packed = await on.app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
  expect((await on.app.inject('/api/reference/scalar-other.js')).statusCode).toBe(404)
})

test('/api says where things are', async () => {
  const places = (await on.app.inject('/api')).json()
  for (const url of [
    places.reference,
    places.procedures,
    places.openapi,
    places.problems,
    places.keys,
    places.health.live,
    places.health.ready,
  ]) {
    expect((await on.app.inject(url)).statusCode).toBe(200)
  }
})
