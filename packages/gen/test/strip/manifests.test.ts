import { expect, test } from 'vitest'
import { trimCommands } from '../../src/strip/manifests.ts'

test('commands go with the files that they run', () => {
  const manifest = {
    name: 'product',
    scripts: { dev: 'node a/dev.ts', scale: 'turbo run build && node a/scale.ts --all' },
  }
  const trimmed = trimCommands(JSON.stringify(manifest), new Set(['a/scale.ts']))
  expect(JSON.parse(trimmed)).toEqual({ name: 'product', scripts: { dev: 'node a/dev.ts' } })
})
