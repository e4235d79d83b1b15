import { notificationPreferences } from '@galley/db/schema'
import { unsubscribeUrl } from '@galley/platform/notifications/unsubscribe'
import { systemCtx } from '@galley/platform/ctx'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { formType, sendForm } from './send-form.ts'

const on = useApp()

/** Somebody, and the path that ends an e-mail of theirs. */
async function setUp() {
  const { id: userId } = await insertUser(on.database.db)
  const url = new URL(unsubscribeUrl(systemCtx(on.deps.domain), userId, 'job-finished'))
  const chosen = () =>
    on.database.db
      .select()
      .from(notificationPreferences)
      .where(eq(notificationPreferences.userId, userId))
  await on.database.db
    .insert(notificationPreferences)
    .values({ userId, kind: 'job-finished', inApp: true, email: 'now' })
  return {
    path: `${url.pathname}${url.search}`,
    token: url.searchParams.get('token') ?? '',
    chosen,
  }
}

const multipart = {
  type: 'multipart/form-data; boundary=x',
  payload:
    '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
}
const urlencoded = {
  type: 'application/x-www-form-urlencoded',
  payload: 'List-Unsubscribe=One-Click',
}

test.each([urlencoded, multipart])(
  'RFC 8058: a POST from anywhere, without cookies, ends what the address says: $type',
  async ({ type, payload }) => {
    const { path, chosen } = await setUp()
    const post = (headers: Record<string, string> = {}) =>
      on.app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': type, ...headers },
        payload,
      })
    const response = await post()
    expect(response.statusCode).toBe(200)
    expect(response.headers.location).toBeUndefined()
    expect(response.headers['set-cookie']).toBeUndefined()
    expect(response.headers['cache-control']).toBe('no-store')
    expect(await chosen()).toMatchObject([{ kind: 'job-finished', inApp: true, email: 'off' }])
    expect((await post()).statusCode).toBe(200)
    const fromAWebMail = { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' }
    expect((await post(fromAWebMail)).statusCode).toBe(200)
  },
)

test('a GET of the address changes nothing, nor does a POST to one that was changed', async () => {
  const { path, chosen } = await setUp()
  await on.app.inject({ url: path })
  const { cookie } = await signUp(on)
  for (const wrong of [`${path}x`, path.replace('job-finished', 'daily'), '/unsubscribe']) {
    const response = await on.app.inject({
      method: 'POST',
      url: wrong,
      headers: { ...formType, cookie },
      payload: urlencoded.payload,
    })
    expect(response.statusCode, wrong).toBe(400)
  }
  const large = await on.app.inject({
    method: 'POST',
    url: path,
    headers: formType,
    payload: 'a'.repeat(10_000),
  })
  expect(large.statusCode).toBe(413)
  expect(await chosen()).toMatchObject([{ email: 'now' }])
})

test('the button of the page works without a script, and from this site only', async () => {
  const { token, chosen } = await setUp()
  const elsewhere = await sendForm(on, 'unsubscribe', { token }, { origin: 'https://evil.example' })
  expect(elsewhere.statusCode).toBe(403)
  expect(await chosen()).toMatchObject([{ email: 'now' }])
  const pressed = await sendForm(on, 'unsubscribe', { token })
  expect(pressed.statusCode).toBe(303)
  expect(pressed.headers.location).toBe(`/unsubscribe?token=${encodeURIComponent(token)}`)
  expect(await chosen()).toMatchObject([{ email: 'off' }])
  const wrong = await sendForm(on, 'unsubscribe', { token: 'forged' })
  expect(wrong.headers.location).toBe('/unsubscribe?token=forged')
})
