import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

/** The version of tRPC that the requests of this folder were last compared with: change it when they agree again. */
const VERIFIED = '11.22.1'

test('tRPC is the version that the answers were compared with', () => {
  const installed: { version: string } = createRequire(import.meta.url)('@trpc/server/package.json')
  expect(installed.version).toBe(VERIFIED)
  expect(manifest.peerDependencies['@trpc/server']).toBe(VERIFIED)
})
