import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { accessDocument, documentPath } from './doc.ts'

test('docs/access.md is what the matrix says: pnpm --filter @galley/server access-doc', () => {
  expect(readFileSync(documentPath, 'utf8')).toBe(accessDocument())
})
