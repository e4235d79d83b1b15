import { afterEach, expect, test, vi } from 'vitest'
import { openAccount, signIn } from '../../test/account.ts'
import { useTestDomain } from '../../test/context.ts'
import { listDevices } from './get.ts'

const domain = useTestDomain()
const day = 86_400_000

afterEach(() => {
  vi.useRealTimers()
})

function daysPass(days: number) {
  vi.setSystemTime(Date.now() + days * day)
}

test('SE3 a session ends after fourteen days without a request', async () => {
  const browser = await signIn(domain, await openAccount(domain))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  daysPass(13.9)
  await browser.session()
  daysPass(14)
  await expect(browser.session()).rejects.toThrow()
})

test('SE3 however it is used, it ends after thirty days, and is no longer listed', async () => {
  const user = await openAccount(domain)
  const browser = await signIn(domain, user)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  for (let day = 0; day < 29; day += 1) {
    daysPass(1)
    await browser.session()
  }
  daysPass(1.01)
  await expect(browser.session()).rejects.toThrow()
  const other = await signIn(domain, user)
  expect((await listDevices(await other.session())).items).toHaveLength(1)
})
