import type { ArticleSource } from '@galley/contract/publishing/articles'
import type { DraftStore } from './draft-store.ts'

type Saved = { articleId: string; version: number }

const channelName = 'galley-saved-articles'

/** Other pages of this browser with the same article learn at once that it has been saved. */
export function tellOtherPages({ id: articleId, version }: ArticleSource) {
  if (!('BroadcastChannel' in globalThis)) return
  const channel = new BroadcastChannel(channelName)
  const saved: Saved = { articleId, version }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin
  channel.postMessage(saved)
  channel.close()
}

export function listenForSaves(store: DraftStore): () => void {
  if (!('BroadcastChannel' in globalThis)) return () => {}
  const channel = new BroadcastChannel(channelName)
  channel.addEventListener('message', ({ data }: MessageEvent<Saved>) => {
    if (data.articleId === store.getSnapshot().article?.id) void store.hear(data.version)
  })
  return () => channel.close()
}
