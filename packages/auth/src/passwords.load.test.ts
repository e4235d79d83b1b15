import { expect, test, vi } from 'vitest'
import { createPasswordHasher, PasswordsBusy } from './passwords.ts'

const running = vi.hoisted(() => ({ now: 0, most: 0 }))

// The real argon2, with its calls counted.
vi.mock(import('@node-rs/argon2'), async (importOriginal) => {
  const argon2 = await importOriginal()
  const counted =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      running.most = Math.max(running.most, ++running.now)
      try {
        return await work(...args)
      } finally {
        running.now--
      }
    }
  return { ...argon2, hash: counted(argon2.hash), verify: counted(argon2.verify) }
})

test('AU2: hashes and verifications together stay within the bound', async () => {
  const passwords = createPasswordHasher({ concurrency: 3 })
  const stored = await passwords.hash('correct horse')
  running.most = 0
  await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      index % 2 === 0 ? passwords.hash('correct horse') : passwords.verify(stored, 'wrong horse'),
    ),
  )
  expect(running.most).toBe(3)
})

test('AU2: a full queue refuses at once and takes more when there is room again', async () => {
  const passwords = createPasswordHasher({ concurrency: 2, queue: 3 })
  const calls = Array.from({ length: 9 }, () => passwords.hash('correct horse'))
  await expect(passwords.verify(null, 'correct horse')).rejects.toMatchObject({
    code: 'server/unavailable',
  })
  const outcomes = await Promise.allSettled(calls)
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array<string>(5).fill('fulfilled'),
    ...Array<string>(4).fill('rejected'),
  ])
  expect(await passwords.verify(null, 'correct horse')).toBe(false)
})

test('AU2: a busy hasher differs from a malformed hash', async () => {
  const passwords = createPasswordHasher({ concurrency: 1, queue: 0 })
  const first = passwords.hash('correct horse')
  await expect(passwords.verify('not a hash', 'correct horse')).rejects.toThrow(PasswordsBusy)
  await first
})

test('AU2: timers run while 50 passwords are hashed', async () => {
  const passwords = createPasswordHasher({ queue: 50 })
  const start = performance.now()
  let last = start
  let longestGap = 0
  const timer = setInterval(() => {
    longestGap = Math.max(longestGap, performance.now() - last)
    last = performance.now()
  }, 1)
  await Promise.all(Array.from({ length: 50 }, () => passwords.hash('correct horse')))
  clearInterval(timer)
  longestGap = Math.max(longestGap, performance.now() - last)
  // Hashing on the event loop would be one gap as long as the whole.
  expect(longestGap).toBeLessThan((performance.now() - start) / 2)
})
