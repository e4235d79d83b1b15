import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { accessDocument } from './doc.ts'
import { documentPath } from './document-path.ts'

test('docs/access.md is what the matrix says: node apps/server/test/access/write-doc.ts makes it', () => {
  expect(readFileSync(documentPath, 'utf8')).toBe(accessDocument())
})
