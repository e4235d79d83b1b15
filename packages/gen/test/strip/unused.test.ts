import { expect, test } from 'vitest'
import { withoutExports } from '../../src/strip/unused.ts'

test('a declaration that nothing uses goes with its comment and its imports', () => {
  const source =
    "import { a, b } from 'm'\n\n/** Two. */\nexport function two() {\n\n  return b()\n}\n\nexport const one = a\n"
  expect(withoutExports(source, ['two'])).toBe("import { a } from 'm'\n\nexport const one = a\n")
})

test('what its own file uses is kept, without its export', () => {
  const source = 'export const one = 1\n\nexport const two = one + 1\n'
  expect(withoutExports(source, ['one'])).toBe('const one = 1\n\nexport const two = one + 1\n')
})
