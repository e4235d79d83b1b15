import { HealthView } from '@galley/contract/platform/health'
import { Nothing } from '@galley/contract/primitives'
import { getHealth } from '@galley/platform/health/get'
import { adminTokenProcedure, router } from '../../trpc.ts'
import { docs } from './health.docs.ts'

export const health = router({
  get: adminTokenProcedure({
    cost: 5,
    queries: 4,
    scope: 'site:read',
    rest: { method: 'GET', path: '/site/health' },
    docs: docs.get,
  })
    .input(Nothing)
    .output(HealthView)
    .query(({ ctx }) => getHealth(ctx)),
})
