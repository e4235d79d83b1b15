import {
  ApproveArticle,
  ArticleAtVersion,
  RequestReview,
  ScheduleArticle,
  SendBackArticle,
} from '@galley/contract/publishing/article-steps'
import { ArticleSource } from '@galley/contract/publishing/articles'
import { archiveArticle, unarchiveArticle } from '@galley/publishing/articles/archive'
import { publishArticle, unpublishArticle } from '@galley/publishing/articles/publish'
import {
  approveArticle,
  requestReview,
  sendBackArticle,
  withdrawReview,
} from '@galley/publishing/articles/review'
import { scheduleArticle, unscheduleArticle } from '@galley/publishing/articles/schedule'
import { authedProcedure } from '../../trpc.ts'
import { docs } from './articles.docs.ts'

/** The steps that an article takes. */
export const articleStates = {
  publish: authedProcedure({
    cost: 2,
    queries: 14,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/publish', versioned: true },
    docs: docs.publish,
  })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => publishArticle(ctx, input)),
  unpublish: authedProcedure({
    cost: 2,
    queries: 9,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/unpublish', versioned: true },
    docs: docs.unpublish,
  })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => unpublishArticle(ctx, input)),
  schedule: authedProcedure({
    cost: 2,
    queries: 11,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/schedule', versioned: true },
    docs: docs.schedule,
  })
    .input(ScheduleArticle)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => scheduleArticle(ctx, input)),
  unschedule: authedProcedure({
    cost: 2,
    queries: 5,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/unschedule', versioned: true },
    docs: docs.unschedule,
  })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => unscheduleArticle(ctx, input)),
  archive: authedProcedure({
    cost: 2,
    queries: 5,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/archive', versioned: true },
    docs: docs.archive,
  })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => archiveArticle(ctx, input)),
  unarchive: authedProcedure({
    cost: 2,
    queries: 5,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/unarchive', versioned: true },
    docs: docs.unarchive,
  })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => unarchiveArticle(ctx, input)),
  requestReview: authedProcedure({
    cost: 2,
    queries: 9,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/request-review', versioned: true },
    docs: docs.requestReview,
  })
    .input(RequestReview)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => requestReview(ctx, input)),
  withdrawReview: authedProcedure({
    cost: 2,
    queries: 6,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/withdraw', versioned: true },
    docs: docs.withdrawReview,
  })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => withdrawReview(ctx, input)),
  approve: authedProcedure({
    cost: 2,
    queries: 17,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/approve', versioned: true },
    docs: docs.approve,
  })
    .input(ApproveArticle)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => approveArticle(ctx, input)),
  sendBack: authedProcedure({
    cost: 2,
    queries: 6,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/send-back', versioned: true },
    docs: docs.sendBack,
  })
    .input(SendBackArticle)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => sendBackArticle(ctx, input)),
}
