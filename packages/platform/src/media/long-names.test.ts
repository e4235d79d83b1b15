import { ListMedia } from '@galley/contract/platform/media'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { upload } from '../../test/upload.ts'
import { listMedia } from './list.ts'

const domain = useTestDomain()

test.each(['畑', '🌾', '"'])('the longest name of %s goes on to the next page', async (letter) => {
  const ctx = await domain.person()
  for (const last of ['1', '2', '3']) {
    await upload(ctx, { fileName: letter.repeat(254) + last })
  }
  for (const sort of ['name', '-name'] as const) {
    const input = ListMedia.parse({ sort, limit: 1 })
    const names: (string | undefined)[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listMedia(ctx, ListMedia.parse({ ...input, ...(cursor && { cursor }) }))
      names.push(page.items[0]?.fileName.slice(-1))
      cursor = page.page.nextCursor
    }
    const inOrder = ['1', '2', '3']
    expect(names).toEqual(sort === 'name' ? inOrder : inOrder.toReversed())
  }
})
