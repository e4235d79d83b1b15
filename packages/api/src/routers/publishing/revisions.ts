import { ArticleSource } from '@galley/contract/publishing/articles'
import {
  CompareRevision,
  ListRevisions,
  RestoreRevision,
  RevisionById,
  RevisionComparison,
  RevisionPage,
  RevisionView,
} from '@galley/contract/publishing/revisions'
import { compareRevision } from '@galley/publishing/revisions/compare'
import { getRevision, listRevisions } from '@galley/publishing/revisions/list'
import { restoreRevision } from '@galley/publishing/revisions/restore'
import { authedProcedure, router } from '../../trpc.ts'
import { docs } from './revisions.docs.ts'

export const revisions = router({
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/articles/{articleId}/revisions' },
    docs: docs.list,
  })
    .input(ListRevisions)
    .output(RevisionPage)
    .query(({ ctx, input }) => listRevisions(ctx, input)),
  get: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/revisions/{id}' },
    docs: docs.get,
  })
    .input(RevisionById)
    .output(RevisionView)
    .query(({ ctx, input }) => getRevision(ctx, input)),
  compare: authedProcedure({
    cost: 5,
    queries: 3,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/revisions/{id}/comparisons' },
    docs: docs.compare,
  })
    .input(CompareRevision)
    .output(RevisionComparison)
    .query(({ ctx, input }) => compareRevision(ctx, input)),
  restore: authedProcedure({
    cost: 3,
    queries: 12,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/revisions/{id}/restore', versioned: true },
    docs: docs.restore,
  })
    .input(RestoreRevision)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => restoreRevision(ctx, input)),
})
