import { createMarkdownRenderer } from '@galley/markdown/renderer'
import { guard } from '@galley/platform/held-connection'
import { useDomain } from '@galley/platform/test/context'
import { afterAll } from 'vitest'
import { publishingTopicRules } from '../src/articles/topics.ts'
import { publishingJobs } from '../src/jobs.ts'
import { publishingNotifications } from '../src/notifications/part.ts'
import { PRESENCE_CHANNEL, presenceHintsOf } from '../src/presence/signals.ts'
import { publishingReactions } from '../src/reactions.ts'
import { renderFirst } from '../src/render-first.ts'

/** The domain on real adapters and a database of this test file's own. */
export function useTestDomain() {
  const markdown = createMarkdownRenderer()
  const domain = useDomain({
    more: { markdown: guard(markdown, 'render') },
    jobs: publishingJobs,
    reactions: publishingReactions,
    notifications: publishingNotifications,
    topicRules: publishingTopicRules,
    signals: { channel: PRESENCE_CHANNEL, hintsOf: presenceHintsOf },
    prepare: renderFirst,
  })
  afterAll(() => markdown.close())
  return domain
}
