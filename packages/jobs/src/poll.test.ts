import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startPoll } from './poll.ts'

const subscribe = async () => async () => {}

test('one that fails goes on, one that hangs is silent', async () => {
  const failures: unknown[] = []
  const run = () => Promise.reject(new Error('away'))
  const failing = startPoll({ run, subscribe }, (error) => failures.push(error))
  await expect.poll(() => failures.length).toBeGreaterThan(1)
  expect(failing.silentMs()).toBeLessThan(900)
  await failing.stop()

  const held = Promise.withResolvers<boolean>()
  const hanging = startPoll({ run: () => held.promise, subscribe }, () => {})
  await sleep(1_500)
  expect(hanging.silentMs()).toBeGreaterThan(1_400)
  held.resolve(false)
  await expect.poll(hanging.silentMs).toBeLessThan(1_000)
  await hanging.stop()
})
