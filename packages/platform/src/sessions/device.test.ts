import { expect, test } from 'vitest'
import { createSession } from '../../test/by-cookies.ts'
import { openAccount, password, signIn } from '../../test/account.ts'
import { openBrowser } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'

const domain = useTestDomain()

type Browser = ReturnType<typeof openBrowser>

/** What comes of trying to sign in, from whichever browser. */
async function attempt(browser: Browser, email: string, typed = password) {
  return createSession(await browser.request(), { email, password: typed }).then(
    () => 'signed in',
    ({ reason }: { reason?: string }) => reason,
  )
}

async function guess(browser: Browser, email: string, times: number) {
  const tries = Array.from({ length: times }, () => attempt(browser, email, 'a guess'))
  const reasons = await Promise.all(tries)
  return reasons.filter((reason) => reason === 'session/wrong-credentials').length
}

test('AU6 strangers who guess lock out strangers, not the browser that signed in before', async () => {
  const { email } = await openAccount(domain, { username: 'owner' })
  const hers = await signIn(domain, { email })
  hers.jar.delete('session')
  expect(await guess(openBrowser(domain), email, 10)).toBe(5)
  expect(await attempt(openBrowser(domain), email)).toBe('session/throttled')
  expect(await attempt(hers, email)).toBe('signed in')
  expect(await attempt(openBrowser(domain), email)).toBe('session/throttled')
})

test('AU6 a stolen device cookie is good for five attempts and opens nothing', async () => {
  const { email } = await openAccount(domain, { username: 'robbed' })
  const hers = await signIn(domain, { email })
  const thief = openBrowser(domain)
  thief.jar.set('device', hers.jar.get('device') ?? '')
  expect(await guess(thief, email, 10)).toBe(5)
  expect(await attempt(openBrowser(domain), email)).toBe('signed in')
})

test('AU6 one cookie a browser: signing in again renews it and is the same device', async () => {
  const { email } = await openAccount(domain, { username: 'again' })
  const hers = await signIn(domain, { email })
  const first = hers.jar.get('device') ?? ''
  await attempt(hers, email)
  const second = hers.jar.get('device') ?? ''
  expect(second.split('.').slice(0, 2)).toEqual(first.split('.').slice(0, 2))
})

test('AU6 a forged, foreign or expired cookie does not help', async () => {
  const { email, user } = await victim()
  const mallory = await openAccount(domain, { username: 'mallory' })
  const own = (await signIn(domain, mallory)).jar.get('device') ?? ''
  const [, id = '', expiry = '', signature = ''] = own.split('.')
  const past = `${user}.${id}.${Date.now() - 1000}`
  const { secretBox } = domain.anonymous()
  const cookies = [
    own,
    `${user}.${id}.${expiry}.${signature}`,
    `${user}.${id}.${expiry}`,
    `${user}.${id}.${expiry}.`,
    `${user}.${id}.${expiry}.${secretBox.sign('other', `${user}.${id}.${expiry}`)}`,
    `${past}.${secretBox.sign('device', past)}`,
    `${user}`,
    '....',
    '',
  ]
  for (const cookie of cookies) {
    const forger = openBrowser(domain)
    forger.jar.set('device', cookie)
    expect(await attempt(forger, email), cookie).toBe('session/throttled')
  }

  async function victim() {
    const { email } = await openAccount(domain, { username: 'victim' })
    const browser = await signIn(domain, { email })
    const [user] = (browser.jar.get('device') ?? '').split('.')
    await guess(openBrowser(domain), email, 6)
    return { email, user }
  }
})

test('AU6 somebody whose password was wrong is not known afterwards', async () => {
  const { email } = await openAccount(domain, { username: 'unknown' })
  const browser = openBrowser(domain)
  await guess(browser, email, 1)
  expect(browser.jar.has('device')).toBe(false)
})
