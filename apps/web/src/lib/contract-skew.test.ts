import { contractVersion } from '@galley/contract/version'
import { expect, test, vi } from 'vitest'
import { watchContract } from './contract-skew.ts'

const { major } = contractVersion

/** Sends as many calls as there are headers; returns how often a skew was noticed. */
async function noticesOf(...headers: (string | undefined)[]) {
  const responses = headers.map(
    (header) =>
      new Response('{}', header === undefined ? {} : { headers: { 'galley-contract': header } }),
  )
  const notice = vi.fn<() => void>()
  const send = watchContract(async () => responses.shift() ?? Response.error(), notice)
  for (const _ of headers) await send('/trpc/tags.list')
  return notice.mock.calls.length
}

test('a breaking skew is noticed once', async () => {
  expect(await noticesOf(`${major}.abc`, `${major + 1}.abc`, `${major + 1}.abc`)).toBe(1)
})

test('the same contract, a compatible one and none are not', async () => {
  expect(await noticesOf(`${major}.${contractVersion.hash}`, `${major}.abc`, undefined)).toBe(0)
})

test('the response comes through as it was', async () => {
  const response = new Response('{}', { status: 503 })
  const send = watchContract(async () => response, vi.fn<() => void>())
  expect(await send('/trpc/tags.list')).toBe(response)
})
