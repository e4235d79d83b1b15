import { expect, test } from 'vitest'
import { hideTokens } from './request-log.ts'

test.for([
  ['/verify-email/Zk3dJx0vQ9aPq7LmN2bT5cY8wR1sU4eF', '/verify-email/[token]'],
  ['/api/v1/tokens/gly_0Ab9Cd8Ef7Gh6Ij5Kl4Mn3Op2Qr1St0Uv9', '/api/v1/tokens/[token]'],
  [
    '/x/eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVP',
    '/x/[token].[token].dBjftJeZ4CVP',
  ],
  [
    '/trpc/sessions.createWithSecondFactor,tags.list',
    '/trpc/sessions.createWithSecondFactor,tags.list',
  ],
  ['/articles/a-hedge-is-a-slow-machine-in-2026', '/articles/a-hedge-is-a-slow-machine-in-2026'],
  ['/editor/01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44', '/editor/01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44'],
  ['/assets/article-page-B2x9Kd3f.js', '/assets/article-page-B2x9Kd3f.js'],
] as const)('%s is logged as %s', ([path, logged]) => {
  expect(hideTokens(path)).toBe(logged)
})
