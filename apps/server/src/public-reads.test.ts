import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { createPublicReads } from './public-reads.ts'

test('an answer or a page that could not be renewed is reported, and what is there is served meanwhile', async () => {
  const onFailure = vi.fn<(error: unknown) => void>()
  const reads = createPublicReads({ maxBytes: 100_000, processName: 'one', onFailure })
  await reads.listen({ listen: async () => async () => {} })
  const answers = reads.readsFor(() => {})
  const page = Buffer.from('page')
  const fail = (what: string) => () => Promise.reject(new Error(what))
  await answers.getOrSet('a', {}, async () => 'answer')
  await reads.pages.getOrSet('a', async () => page)
  await sleep(5_100)
  expect(await answers.getOrSet('a', {}, fail('no answer'))).toBe('answer')
  expect(await reads.pages.getOrSet('a', fail('no page'))).toEqual(page)
  await expect
    .poll(() => onFailure.mock.calls)
    .toEqual([[new Error('no answer')], [new Error('no page')]])
})
