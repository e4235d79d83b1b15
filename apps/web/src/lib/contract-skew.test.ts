import { contractVersion } from '@galley/contract/version'
import { expect, test, vi } from 'vitest'
import { watchContract } from './contract-skew.ts'

const { major } = contractVersion

/** Sends as many calls as there are headers; answers how often something was told. */
async function toldBy(...headers: (string | undefined)[]) {
  const answers = headers.map(
    (header) =>
      new Response('{}', header === undefined ? {} : { headers: { 'galley-contract': header } }),
  )
  const tell = vi.fn<() => void>()
  const send = watchContract(async () => answers.shift() ?? Response.error(), tell)
  for (const _ of headers) await send('/trpc/tags.list')
  return tell.mock.calls.length
}

test('a breaking skew is told of once', async () => {
  expect(await toldBy(`${major}.abc`, `${major + 1}.abc`, `${major + 1}.abc`)).toBe(1)
})

test('the same contract, a compatible one and none are not', async () => {
  expect(await toldBy(`${major}.${contractVersion.hash}`, `${major}.abc`, undefined)).toBe(0)
})

test('the answer comes through as it was', async () => {
  const answer = new Response('{}', { status: 503 })
  const send = watchContract(async () => answer, vi.fn<() => void>())
  expect(await send('/trpc/tags.list')).toBe(answer)
})
