import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const require = createRequire(import.meta.url)

const minorOf = (name: string) => {
  const { version }: { version: string } = require(`${name}/package.json`)
  return version.split('.').slice(0, 2).map(Number)
}

test('the range of tRPC ends where the versions end that the requests are compared with', () => {
  const [major = 0, oldest] = minorOf('trpc-server-oldest')
  const [, newest = 0] = minorOf('trpc-server-newest')
  const range = `>=${major}.${oldest}.0 <${major}.${newest + 1}.0`
  expect(manifest.peerDependencies['@trpc/server']).toBe(range)
})
