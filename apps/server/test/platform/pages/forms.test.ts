import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { formType, ours, sendForm } from './send-form.ts'

const on = useApp()

test('without a script, a person signs in and out', async () => {
  const { email, password } = await signUp(on)
  const entered = await sendForm(on, 'sign-in', { email, password, next: '/settings?b=c#sessions' })
  expect(entered.statusCode).toBe(303)
  expect(entered.headers.location).toBe('/settings?b=c#sessions')
  const [cookie = ''] = String(entered.headers['set-cookie']).split(';')
  const isSignedIn = async () => {
    const current = await on.app.inject({ url: '/trpc/sessions.current', headers: { cookie } })
    return current.json().result.data.user !== null
  }
  expect(await isSignedIn()).toBe(true)
  const left = await sendForm(on, 'sign-out', {}, { ...ours, cookie })
  expect(left.headers.location).toBe('/')
  expect(await isSignedIn()).toBe(false)
})

test('a refused sign-in goes back to the form with the reason, and elsewhere never', async () => {
  const { email } = await signUp(on)
  const wrong = await sendForm(on, 'sign-in', {
    email,
    password: 'wrong',
    next: 'https://evil.example',
  })
  expect(wrong.statusCode).toBe(303)
  expect(wrong.headers.location).toBe('/sign-in?problem=session%2Fwrong-credentials&next=%2F')
  const late = await sendForm(on, 'second-factor', { code: '123456' })
  expect(late.headers.location).toBe(
    '/sign-in/second-factor?problem=session%2Fsecond-factor-expired',
  )
})

test('CS1 forms are taken from pages of this site only, and only where forms are meant', async () => {
  const { asBrowser, cookie } = await signUp(on)
  const senders: Record<string, [Record<string, string>, number]> = {
    'another site': [{ origin: 'https://evil.example' }, 403],
    'a cross-site form': [{ 'sec-fetch-site': 'cross-site', origin: 'https://galley.test' }, 403],
    'a sibling host': [{ 'sec-fetch-site': 'same-site' }, 403],
    'a listed origin': [{ origin: 'https://app.galley.test', 'sec-fetch-site': 'same-site' }, 403],
    'a sandboxed frame': [{ origin: 'null' }, 403],
    'nobody in particular': [{}, 403],
    'our page in an old browser': [{ origin: 'https://galley.test' }, 303],
    'our page': [{ 'sec-fetch-site': 'same-origin' }, 303],
  }
  const cookies: Record<string, string>[] = [{}, { cookie }]
  for (const [sender, [headers, status]] of Object.entries(senders)) {
    for (const withCookie of cookies) {
      const answer = await sendForm(
        on,
        'sign-in',
        { email: 'a', password: 'b' },
        { ...headers, ...withCookie },
      )
      expect(answer.statusCode, sender).toBe(status)
    }
  }
  const text = { ...asBrowser, 'content-type': 'text/plain' }
  expect((await sendForm(on, 'sign-out', {}, text)).statusCode).toBe(415)
  const elsewhere = await on.app.inject({
    method: 'POST',
    url: '/trpc/sessions.delete',
    headers: { ...asBrowser, ...formType },
    payload: 'a=b',
  })
  expect(elsewhere.statusCode).toBe(415)
})

test('IN2 a sign-in form that is too large is refused unread', async () => {
  const response = await sendForm(on, 'sign-in', { email: 'x'.repeat(1_000_000), password: 'x' })
  expect(response.statusCode).toBe(413)
  expect(response.headers).not.toHaveProperty('set-cookie')
})
