import type { JobView } from '@galley/contract/platform/jobs'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { show } from '../../../../test/render.tsx'
import { expectToast } from '../../../../test/fields.ts'
import { rerenderPublishing } from '../articles/rerender-articles.tsx'
import { rebuildSearchIndex } from '../search/rebuild-search.tsx'

const jobId = '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b60'
const { Controls } = rebuildSearchIndex

const rebuild = (values: Partial<JobView>): JobView => ({
  id: jobId,
  job: 'search.rebuild',
  status: 'running',
  done: 40,
  total: 80,
  createdAt: '2026-03-14T08:33:20.000Z',
  result: null,
  failureReason: null,
  finishedAt: null,
  ...values,
})

test('the button starts the job, whose id is then in the address', async () => {
  const calls = serve({ 'search.rebuild': () => ({ jobId }) })
  const { user, router } = await show(<Controls jobId={undefined} />)
  await user.click(await screen.findByRole('button', { name: 'Rebuild the search index' }))
  await expect.poll(() => router.state.location.href).toBe(`/admin/jobs?job=${jobId}`)
  expect(calls).toMatchObject([{ path: 'search.rebuild' }])
})

test('one that runs shows how far it is, beside its own button alone', async () => {
  serve({ 'jobs.get': () => rebuild({}) })
  const Other = rerenderPublishing.Controls
  await show(
    <>
      <Controls jobId={jobId} />
      <Other jobId={jobId} />
    </>,
  )
  expect(await screen.findByText('40 of 80')).toBeVisible()
  expect(screen.getByRole('progressbar', { name: 'Articles indexed' })).toBeVisible()
  expect(screen.getByText('Indexing. Searches go on meanwhile.')).toBeVisible()
  expect(screen.queryByText('Rendering.')).toBeNull()
  expect(screen.getAllByRole('progressbar')).toHaveLength(1)
})

test('one that has ended says so, and can be started again', async () => {
  const finishedAt = '2026-03-14T08:34:20.000Z'
  serve({ 'jobs.get': () => rebuild({ status: 'succeeded', done: 80, finishedAt }) })
  await show(<Controls jobId={jobId} />)
  expect(await screen.findByText('Done.')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Rebuild the search index' })).toBeEnabled()
})

test('one that an operator has started is said to be under way', async () => {
  serve({ 'search.rebuild': () => refuse('job/already-running') })
  const { user } = await show(<Controls jobId={undefined} />)
  await user.click(await screen.findByRole('button', { name: 'Rebuild the search index' }))
  await expectToast('The job was not started.')
})
