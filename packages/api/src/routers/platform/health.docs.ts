import type { HealthView } from '@galley/contract/platform/health'
import { describeSlice } from '../../docs.ts'

const quiet: HealthView = {
  at: '2026-03-20T12:00:00.000Z',
  checks: [{ part: 'database', state: 'ok', ms: 1.2 }],
  backlog: {
    jobs: [{ name: 'mail.send', waiting: 2, active: 1, failed: 0, oldestSeconds: 0.4 }],
    outbox: { waiting: 0, oldestSeconds: 0 },
    backupAgeSeconds: 35_000,
    backupMissingFiles: 0,
    siteAgeSeconds: 9_000_000,
  },
  measured: null,
}

export const docs = describeSlice(
  { about: 'How the site does, for admins.' },
  {
    get: {
      summary: 'Ask how the server does',
      description:
        'Which of the parts that it needs respond, what waits to be done, how old the last backup is, and, where the server measures itself (`METRICS_PORT`), requests, calls and resources of the last hour. Of several servers the one answers that the request came to.',
      examples: [{ summary: 'A server that measures nothing', response: quiet }],
    },
  },
)
