import { expect, test } from 'vitest'
import { insertBefore, insertSorted } from '../src/edit.ts'

test('a line goes before another, the first after a beginning', () => {
  const text = 'a = {\n  x\n}\nb = {\n  y\n}\n'
  expect(insertBefore(text, { from: 'b', line: '}' }, '  z')).toBe(
    'a = {\n  x\n}\nb = {\n  y\n  z\n}\n',
  )
  expect(() => insertBefore(text, { from: 'c', line: '}' }, 'z')).toThrow('no line "}" after "c"')
})

test.each([
  ['- a', '- a\n- b\n- d\nx\n'],
  ['- c', '- b\n- c\n- d\nx\n'],
  ['- e', '- b\n- d\n- e\nx\n'],
])('%s goes among the lines like it', (line, expected) => {
  expect(insertSorted('- b\n- d\nx\n', /^- /, line)).toBe(expected)
})

test('nothing like it is an error', () => {
  expect(() => insertSorted('x\n', /^- /, '- a')).toThrow('no line like')
})
