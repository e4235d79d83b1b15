import { notificationKinds } from '@galley/contract/notification-kinds'
import { UpdateNotificationPreferences } from '@galley/contract/platform/notifications'
import { notificationPreferences } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getPreferences, updatePreferences } from './preferences.ts'

const domain = useTestDomain()

test('until something is chosen the defaults hold; what is chosen stays, the rest too', async () => {
  const me = await domain.person()
  const defaults = Object.entries(notificationKinds).map(([kind, rest]) => ({ kind, ...rest }))
  expect(await getPreferences(me)).toEqual({ items: defaults, timeZone: null })
  const change = {
    items: [{ kind: 'job-finished' as const, inApp: false, email: 'daily' as const }],
    timeZone: 'Europe/Berlin',
  }
  const saved = await updatePreferences(me, change)
  expect(await updatePreferences(me, change)).toEqual(saved)
  expect(await getPreferences(me)).toEqual(saved)
  expect(saved.timeZone).toBe('Europe/Berlin')
  expect(saved.items).toEqual(
    defaults.map((item) =>
      item.kind === 'job-finished' ? { ...item, inApp: false, email: 'daily' } : item,
    ),
  )
  expect(await updatePreferences(me, { timeZone: null })).toEqual({ ...saved, timeZone: null })
  expect(await updatePreferences(me, {})).toEqual({ ...saved, timeZone: null })
})

test('two calls at once leave one row for each kind', async () => {
  const me = await domain.person()
  const kinds = Object.keys(notificationKinds) as (keyof typeof notificationKinds)[]
  const items = kinds.map((kind) => ({ kind, inApp: true, email: 'off' as const }))
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      updatePreferences(me, { items: n % 2 ? items : items.toReversed() }),
    ),
  )
  const rows = await domain.database.db
    .select()
    .from(notificationPreferences)
    .where(eq(notificationPreferences.userId, me.actor.user.id))
  expect(rows).toHaveLength(kinds.length)
})

test('zones that are none, kinds that are none and kinds named twice are refused', () => {
  const item = { kind: 'job-finished', inApp: true, email: 'now' }
  const isValid = (input: unknown) => UpdateNotificationPreferences.safeParse(input).success
  expect(isValid({ items: [item], timeZone: 'America/Argentina/Buenos_Aires' })).toBe(true)
  for (const timeZone of ['Middle-earth/Shire', '+02:00', '', '../etc/passwd', "UTC'; --"]) {
    expect(isValid({ timeZone }), timeZone).toBe(false)
  }
  expect(isValid({ items: [item, item] })).toBe(false)
  expect(isValid({ items: [{ ...item, kind: 'gossip' }] })).toBe(false)
  expect(isValid({ items: [{ ...item, email: 'hourly' }] })).toBe(false)
})
