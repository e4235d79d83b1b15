import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { currentWork, whileAt } from './work.ts'

test('each knows its own work, also after waiting, and nothing is left of it', async () => {
  const seen = await Promise.all(
    ['a', 'b'].map((procedure) =>
      whileAt({ procedure }, async () => {
        await sleep(1)
        return currentWork()
      }),
    ),
  )
  expect(seen).toEqual([{ procedure: 'a' }, { procedure: 'b' }])
  expect(currentWork()).toBeUndefined()
})
