import { describe, expect, test } from 'vitest'
import { failedCall, lostCall } from './failed-call.fixture.ts'
import { placeFailure } from './form.ts'

const names = ['email', 'username', 'tags']

describe('placeFailure', () => {
  test('puts a wrong field beside that field, inner paths included', () => {
    const error = failedCall('request/invalid', [
      { path: 'email', message: 'Must be an e-mail address.' },
      { path: 'tags.2', message: 'Must contain a letter or a digit.' },
    ])
    expect(placeFailure(error, names)).toEqual({
      fields: [
        { name: 'email', message: 'Must be an e-mail address.' },
        { name: 'tags', message: 'Must contain a letter or a digit.' },
      ],
      form: undefined,
    })
  })

  test('puts a refusal that is about one field beside it', () => {
    expect(placeFailure(failedCall('user/username-taken'), names)).toEqual({
      fields: [{ name: 'username', message: 'This username is taken.' }],
      form: undefined,
    })
  })

  test('puts a wrong password beside the old one where a new one is chosen too', () => {
    const wrong = { message: 'The password is wrong.' }
    expect(placeFailure(failedCall('password/wrong'), ['password', 'currentPassword'])).toEqual({
      fields: [{ name: 'currentPassword', ...wrong }],
      form: undefined,
    })
    expect(placeFailure(failedCall('password/wrong'), ['password'])).toEqual({
      fields: [{ name: 'password', ...wrong }],
      form: undefined,
    })
  })

  test('says it above the form when the form lacks that field', () => {
    expect(placeFailure(failedCall('user/username-taken'), ['email'])).toEqual({
      fields: [],
      form: 'This username is taken.',
    })
    const elsewhere = failedCall('request/invalid', [{ path: 'emails', message: 'Unknown field.' }])
    expect(placeFailure(elsewhere, names)).toEqual({
      fields: [],
      form: 'Some fields are not valid.',
    })
  })

  test('says that no response came', () => {
    expect(placeFailure(lostCall(), names).form).toMatch(/could not be reached/)
  })

  test('keeps the inside of an unknown error to itself', () => {
    expect(placeFailure(new Error('secret detail'), names).form).not.toMatch(/secret/)
  })
})
