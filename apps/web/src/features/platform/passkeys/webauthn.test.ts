import { expect, test } from 'vitest'
import { messageOf } from '../../../lib/errors.ts'
import { throwShown } from './webauthn.ts'

test.each([
  ['NotAllowedError', /No passkey was chosen/],
  ['InvalidStateError', /already/],
  ['NotSupportedError', /cannot use passkeys/],
  ['SecurityError', /could not be used/],
])('a passkey that ends in %s is explained in plain words', async (name, words) => {
  const failure = Promise.reject(new DOMException('The inside of a browser.', name))
  const shown = await failure.catch(throwShown).catch(messageOf)
  expect(shown).toMatch(words)
})
