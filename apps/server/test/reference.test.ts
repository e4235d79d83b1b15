import { appRouter } from '@galley/api/root'
import { expect, test } from 'vitest'
import { useApp } from './app.ts'

const on = useApp()
const paths = Object.keys(appRouter._def.procedures)

test('every procedure is in the reference, with schemas, access and cost', async () => {
  const { procedures } = (await on.app.inject('/api/reference.json')).json()
  expect(procedures.map(({ path }: { path: string }) => path)).toEqual(paths)
  for (const { type, access, cost, input, output } of procedures) {
    expect(['query', 'mutation']).toContain(type)
    expect(['public', 'signed-in']).toContain(access)
    expect(cost).toBeGreaterThan(0)
    expect(input).toBeTypeOf('object')
    expect(output.type).toBe('object')
  }
  const create = procedures.find(({ path }: { path: string }) => path === 'comments.create')
  expect(create).toMatchObject({ type: 'mutation', access: 'signed-in' })
  expect(create.input.properties.body).toMatchObject({ type: 'string', maxLength: 5000 })
  expect(create.input.additionalProperties).toBe(false)
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
    places.health.live,
    places.health.ready,
  ]) {
    expect((await on.app.inject(url)).statusCode).toBe(200)
  }
})
