import type { HealthView, MeasuredHealth } from '@galley/contract/platform/health'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { show } from '../../../../test/render.tsx'
import { HealthPage } from './health-page.tsx'

const moment = (minute: number, requestsPerSecond: number): MeasuredHealth['moments'][number] => ({
  at: `2026-03-14T08:${minute}:00.000Z`,
  requestsPerSecond,
  failedPerSecond: 0,
  p95Ms: minute === 31 ? null : 40,
  eventLoopMs: 2,
  memoryBytes: 300 * 1024 * 1024,
})

const measured: MeasuredHealth = {
  since: '2026-03-14T08:29:00.000Z',
  moments: [moment(30, 4), moment(31, 0), moment(32, 8), moment(33, 6)],
  procedures: [{ path: 'articles.list', calls: 120, failed: 2, p50Ms: 3.5, p95Ms: 1200 }],
  processes: 2,
  uptimeSeconds: 7200,
  connections: { used: 3, limit: 10, waiting: 1 },
  refused: { tooManyAtOnce: 5, allowanceUsedUp: 6 },
  mail: { sent: 7, failed: 8 },
  cache: { reads: 200, fromMemory: 150, bytes: 2 * 1024 * 1024 },
  streams: 9,
}

const view = (values: Partial<HealthView>): HealthView => ({
  at: '2026-03-14T08:33:20.000Z',
  checks: [{ part: 'database', state: 'ok', ms: 1.2 }],
  backlog: {
    jobs: [],
    outbox: { waiting: 0, oldestSeconds: 0 },
    backupAgeSeconds: null,
    backupMissingFiles: null,
    siteAgeSeconds: 3600,
  },
  measured: null,
  ...values,
})

test('a server that measures nothing says so, and what responds and waits all the same', async () => {
  serve({ 'health.get': () => view({}) })
  await show(<HealthPage />)
  expect(
    await screen.findByText('All that is needed responds: database within 1.2 ms.'),
  ).toBeVisible()
  expect(screen.getByText('This server measures nothing.')).toBeVisible()
  expect(screen.getByText('No event waits.')).toBeVisible()
  expect(screen.getByText('No job waits.')).toBeVisible()
  expect(
    screen.getByText('The audit log knows of no backup since the site was set up 1 h ago.'),
  ).toBeVisible()
})

test.each([
  [1, 2, 1000, 'taken 1 h ago. It lacks 2 files that the storage did not have.'],
  [null, null, 37, 'The audit log knows of no backup since the site was set up 37 h ago.'],
  [37, 0, 1000, 'The last backup was taken 37 h ago.'],
])(
  'a site is warned without a whole backup for a day and a half',
  async (backup, backupMissingFiles, site, text) => {
    const outbox = { waiting: 0, oldestSeconds: 0 }
    const backupAgeSeconds = backup && backup * 3600
    const ages = { backupAgeSeconds, backupMissingFiles, siteAgeSeconds: site * 3600 }
    serve({ 'health.get': () => view({ backlog: { jobs: [], outbox, ...ages } }) })
    await show(<HealthPage />)
    expect(await screen.findByRole('alert')).toHaveTextContent(text)
  },
)

test('what is measured is in words, and each chart says what it shows', async () => {
  serve({ 'health.get': () => view({ measured }) })
  await show(<HealthPage />)
  const name = 'Requests a second, over the last hour: from 0 to 8'
  const chart = await screen.findByRole('img', { name })
  expect(chart.querySelectorAll('polyline')).toHaveLength(1)
  const gap = screen.getByRole('img', { name: /^19 of 20 requests take at most/ })
  expect(gap.querySelectorAll('polyline')).toHaveLength(1)
  const row = screen.getByRole('row', { name: /articles\.list/ })
  expect(
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['120', '2', '3.5 ms', '1.2 s'])
  for (const words of [
    '3 of 10 in use, 1 wait for one',
    '7 sent, 8 failed',
    '75 % of 200 reads from memory, 2 MB kept',
    '2, the youngest for 2 h',
  ]) {
    expect(screen.getByText(words)).toBeVisible()
  }
})

test('what fails comes first, and what nobody knows is said', async () => {
  const checks: HealthView['checks'] = [
    { part: 'database', state: 'down', ms: 1000 },
    { part: 'worker', state: 'silent', ms: 3 },
    { part: 'storage', state: 'ok', ms: 3 },
  ]
  serve({ 'health.get': () => view({ checks, backlog: null }) })
  await show(<HealthPage />)
  expect(
    await screen.findByText(
      'Not all is well: database does not respond, worker has not shown itself lately.',
    ),
  ).toBeVisible()
  expect(screen.getByText('The database does not say what waits.')).toBeVisible()
})

test('jobs that wait are listed, and the page looks again when it is asked to', async () => {
  const jobs = [{ name: 'mail.send', waiting: 3, active: 1, failed: 2, oldestSeconds: 200 }]
  const outbox = { waiting: 2, oldestSeconds: 61 }
  const calls = serve({
    'health.get': () =>
      view({
        backlog: {
          jobs,
          outbox,
          backupAgeSeconds: 30_000,
          backupMissingFiles: 0,
          siteAgeSeconds: null,
        },
      }),
  })
  const { user } = await show(<HealthPage />)
  expect(await screen.findByText('2 events wait, the oldest for 1 min.')).toBeVisible()
  expect(screen.getByText('The last backup was taken 8 h ago.')).toBeVisible()
  const row = screen.getByRole('row', { name: /mail\.send/ })
  expect(
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['3', '3 min', '1', '2'])
  await user.click(screen.getByRole('button', { name: 'Refresh' }))
  expect(calls.length).toBe(2)
})
