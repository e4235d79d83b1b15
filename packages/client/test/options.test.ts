import { expect, test } from 'vitest'
import { createGalleyClient, type GalleyAuth } from '../src/index.ts'

test.each(['', 'galley.example', 'localhost:3000', '/trpc', 'https://galley.example/trpc'])(
  'an address that cannot be meant is refused at once: "%s"',
  (url) => {
    expect(() => createGalleyClient({ url, auth: 'none' })).toThrow(
      `without a path, such as https://galley.example; it is "${url}".`,
    )
  },
)

test.each<[name: string, auth: GalleyAuth]>([
  ['token', { token: '' }],
  ['token', JSON.parse('{ "token": null }')],
  ['refreshToken', { refreshToken: '' }],
  ['password', { email: 'ada@example.org', password: '' }],
])('an empty %s is refused at once', (name, auth) => {
  expect(() => createGalleyClient({ url: 'https://galley.example', auth })).toThrow(
    `auth.${name} is empty.`,
  )
})

test('a slash at the end, a port and a sign-in without a code are fine', () => {
  const auth = { email: 'ada@example.org', password: 'seventeen blue herons' }
  for (const url of ['https://galley.example/', 'http://localhost:3000'])
    expect(createGalleyClient({ url, auth })).toBeTruthy()
})
