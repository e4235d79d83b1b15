import type { LiveHint } from '@galley/contract/platform/live'
import { keyOf } from '@galley/platform/live/topics'

/** The notifications that people have come to an article, left it or moved in it; they carry its id and who it was. */
export const PRESENCE_CHANNEL = 'galley_presence'

/** What those hear who watch it. */
export function presenceHintsOf(notification: string) {
  const [articleId = '', userId = ''] = notification.split(' ')
  const hint: LiveHint = {
    event: 'presence.changed',
    topic: { presence: articleId },
    ids: { articleId, userId },
  }
  return [{ topic: keyOf('presence', articleId), hint }]
}
