import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createAnnouncer, EVENTS_CHANNEL, readNotification } from './announcer.ts'

const domain = useTestDomain()

const profile = { id: randomUUID(), event: 'user.profile-updated', payload: {} } as const

async function setUp() {
  const { db, listen } = domain.database
  const sender = randomUUID()
  const heard: string[] = []
  await listen(EVENTS_CHANNEL, (text) => {
    if (text.startsWith(sender)) heard.push(text)
  })
  return { announcer: createAnnouncer(db, { sender }), heard, sender }
}

test('others hear of what happened within a moment once, and by whom', async () => {
  const { announcer, heard, sender } = await setUp()
  announcer.announce(profile)
  announcer.announce(profile)
  announcer.announce({ ...profile, event: 'settings.updated' })
  await expect.poll(() => heard).toEqual([`${sender} user.profile-updated settings.updated`])
  expect(readNotification(heard[0] ?? '')).toEqual({
    sender,
    events: [{ name: 'user.profile-updated' }, { name: 'settings.updated' }],
  })
})

test('what a process announced before it ends is told at once', async () => {
  const execute = vi.fn<() => Promise<unknown>>(async () => [])
  const { announce, flush } = createAnnouncer({ execute } as never, { sender: 'one' })
  announce(profile)
  expect(execute).not.toHaveBeenCalled()
  await flush()
  await flush()
  expect(execute).toHaveBeenCalledOnce()
})

test('what could not be told is reported', async () => {
  const onFailure = vi.fn<(error: unknown) => void>()
  const db = { execute: () => Promise.reject(new Error('no')) }
  const announcer = createAnnouncer(db as never, { sender: 'one', onFailure })
  announcer.announce(profile)
  await announcer.flush()
  expect(onFailure).toHaveBeenCalledExactlyOnceWith(new Error('no'))
})
