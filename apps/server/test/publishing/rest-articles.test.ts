import { expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { rest } from '../rest.ts'

const on = useApp()

test('what is wrong with an address is said of the field as the address calls it', async () => {
  const long = await rest(on, `GET /articles/${'x'.repeat(201)}`)
  expect(long.json()).toMatchObject({ reason: 'request/invalid', fields: [{ path: 'id' }] })
  const twice = await rest(on, 'GET /articles/some-slug?slug=other')
  expect(twice.json()).toMatchObject({
    reason: 'request/invalid',
    fields: [{ path: 'id', message: 'Belongs in the path.' }],
  })
})
