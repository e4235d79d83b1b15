import { randomUUID } from 'node:crypto'
import { type Answer, createAsk } from '../../bench/publishing/scale/ask.ts'
import type { Site } from './site.ts'
import type { Known } from './writes.ts'

const CLIENTS = 6
/** As long as a text may be, of many small parts: that takes the most memory to render. */
const TEXT = '- *a* [b](https://example.com/c) `d`\n'.repeat(2_700)

/** People who send the longest texts that there may be, previews and drafts, until they are stopped. */
export function startLargeBodies(
  { origin, publicOrigin }: Site,
  { writers }: Known,
  onAnswer: (answer: Answer) => void,
) {
  const { ask, close } = createAsk(origin, CLIENTS)
  const over = new AbortController()
  const sending = Array.from({ length: CLIENTS }, (_, client) => send(client))
  return {
    async stop() {
      over.abort()
      await Promise.all(sending)
      close()
    },
  }

  async function send(client: number) {
    const { cookie = '' } = writers[client] ?? {}
    for (let turn = client; !over.signal.aborted; turn += 1) {
      const isDraft = turn % 2 === 0
      const title = `Long ${randomUUID()}`
      onAnswer(
        await ask({
          method: 'POST',
          path: `/trpc/articles.${isDraft ? 'create' : 'preview'}`,
          headers: {
            cookie,
            origin: publicOrigin,
            'sec-fetch-site': 'same-origin',
            'content-type': 'application/json',
            'idempotency-key': isDraft ? randomUUID() : undefined,
          },
          body: JSON.stringify({ body: TEXT, ...(isDraft && { title }) }),
        }),
      )
    }
  }
}
