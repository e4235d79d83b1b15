import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serve } from '../../../../../test/api.ts'
import { draft } from '../../../../../test/publishing/examples.ts'
import { tellOtherPages } from './other-pages.ts'

// Of the tests themselves: a draft that is saved late is of the test that changed it.
test('a save is under way when a test ends', async () => {
  serve({
    'articles.update': async () => {
      await wait(30)
      return draft
    },
  })
  void fetch('/trpc/articles.update', { method: 'POST', body: '{}' }).then(() =>
    tellOtherPages(draft),
  )
})

test('the next test does not hear of it', async () => {
  const heard: unknown[] = []
  const channel = new BroadcastChannel('galley-saved-articles')
  channel.addEventListener('message', ({ data }) => heard.push(data))
  await wait(80)
  channel.close()
  expect(heard).toEqual([])
})
