// `pnpm chaos` and `pnpm attack`, which try for minutes: what they make of what was found.
import { expect, test } from 'vitest'
import { equal, outcomeOf, skipped } from '../../../trials/trial.ts'

const good = equal('one', 1, 1)
const bad = equal('one', 2, 1)
const untried = skipped('two', 'needs a program')

test.each([
  ['holds', 'holds', [good]],
  ['FAILS', 'FAILS', [good, bad]],
  ['FAILS', 'FAILS', []],
  ['skipped', 'FAILS', [untried]],
  ['skipped', 'FAILS', [good, untried]],
  ['FAILS', 'FAILS', [bad, untried]],
] as const)('%s, in CI %s', (elsewhere, inCi, findings) => {
  expect(outcomeOf([...findings], false)).toBe(elsewhere)
  expect(outcomeOf([...findings], true)).toBe(inCi)
})
