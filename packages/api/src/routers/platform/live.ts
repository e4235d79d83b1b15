import { LiveMessage, WatchTopics } from '@galley/contract/platform/live'
import { watchTopics } from '@galley/platform/live/watch'
import { tracked } from '@trpc/server'
import { streamOf } from '../../streams.ts'
import { publicProcedure, router } from '../../trpc.ts'

export const live = router({
  watch: publicProcedure({ cost: 1, queries: 6, scope: 'live:read' })
    .input(WatchTopics)
    .output(streamOf(LiveMessage))
    .subscription(async ({ ctx, input, signal = new AbortController().signal }) => {
      const stream = await watchTopics(ctx, input, {
        signal,
        onOverflow: () => ctx.stream?.cut(),
      })
      return withIds(stream)
    }),
})

async function* withIds(stream: AsyncIterable<{ id: string; message: LiveMessage }>) {
  for await (const { id, message } of stream) yield tracked(id, message)
}
