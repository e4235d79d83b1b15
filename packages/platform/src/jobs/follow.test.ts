import { randomUUIDv7 } from 'node:crypto'
import { TimeOrder } from '@galley/contract/primitives'
import { jobRuns } from '@galley/db/schema'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { expectOrders } from '../../test/pages.ts'
import { listJobs } from './follow.ts'

const domain = useTestDomain()

test("the caller's own jobs, by when they were started, of one state or kind", async () => {
  const owner = await domain.person()
  const other = await domain.person()
  const start = (by: typeof owner, n: number, values: Partial<typeof jobRuns.$inferInsert> = {}) =>
    domain.database.db.insert(jobRuns).values({
      id: randomUUIDv7(),
      job: 'articles.rerender',
      ownerId: by.actor.user.id,
      createdAt: new Date(Date.UTC(2026, 0, n)),
      total: n,
      ...values,
    })
  await start(owner, 2, { status: 'failed' })
  await start(owner, 1)
  await start(owner, 3, { job: 'people.export', status: 'failed' })
  await start(other, 4)
  const listed = async (input: Partial<Parameters<typeof listJobs>[1]>) =>
    (await listJobs(owner, { limit: 10, ...input })).items.map(({ total }) => total)
  expect(await listed({})).toEqual([3, 2, 1])
  expect(await listed({ sort: 'oldest' })).toEqual([1, 2, 3])
  expect(await listed({ status: 'failed' })).toEqual([3, 2])
  expect(await listed({ job: 'articles.rerender', sort: 'oldest' })).toEqual([1, 2])
  expect(await listed({ status: 'succeeded' })).toEqual([])
  await expectOrders((input) => listJobs(owner, input), TimeOrder.options, 3)
})
