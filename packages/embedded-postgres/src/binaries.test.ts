import { expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'

test('finds the PostgreSQL that npm installed', () => {
  expect(findBinaries()).toMatchObject({ major: '18' })
})

test('says what to do on a platform without one', () => {
  expect(() => findBinaries(undefined, 'plan9-mips')).toThrow(
    'No PostgreSQL for plan9-mips is installed. Set DATABASE_URL',
  )
})
