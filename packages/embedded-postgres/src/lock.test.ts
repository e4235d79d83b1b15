import { expect, test } from 'vitest'
import { temporaryFolder } from './files.ts'
import { tryLock } from './claim.ts'

test('is held by one, also within a process, until released', () => {
  using folder = temporaryFolder()
  const first = tryLock(folder.at('lock'))
  expect(first).toBeDefined()
  expect(tryLock(folder.at('lock'))).toBeUndefined()

  first?.release()
  const second = tryLock(folder.at('lock'))
  expect(second).toBeDefined()
  first?.release()
  expect(tryLock(folder.at('lock'))).toBeUndefined()
  second?.release()
})
