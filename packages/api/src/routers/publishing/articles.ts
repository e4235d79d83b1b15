import {
  ArticleById,
  ArticleBySlug,
  ArticlePage,
  ArticlePreview,
  ArticlesAround,
  ArticleSource,
  ArticleView,
  CommentsState,
  CreateArticle,
  DeleteArticle,
  DraftPage,
  ListArticles,
  ListDrafts,
  ListMyArticles,
  ListTrash,
  MyArticlePage,
  PreviewArticle,
  TrashPage,
  UpdateArticle,
} from '@galley/contract/publishing/articles'
import { JobStarted } from '@galley/contract/platform/jobs'
import { Deleted, Nothing } from '@galley/contract/primitives'
import { getArticlesAround } from '@galley/publishing/articles/around'
import { closeComments, openComments } from '@galley/publishing/articles/close-comments'
import { createArticle } from '@galley/publishing/articles/create'
import { deleteArticle } from '@galley/publishing/articles/delete'
import { getArticle, getArticleSource } from '@galley/publishing/articles/get'
import { listArticles, listDrafts, listMyArticles } from '@galley/publishing/articles/list'
import { previewArticle } from '@galley/publishing/articles/preview'
import { rerenderArticles } from '@galley/publishing/articles/rerender'
import { listTrash, purgeArticle, restoreArticle } from '@galley/publishing/articles/trash'
import { updateArticle } from '@galley/publishing/articles/update'
import {
  adminTokenProcedure,
  authedProcedure,
  editorProcedure,
  publicProcedure,
  router,
} from '../../trpc.ts'
import { articleStates } from './article-states.ts'
import { docs } from './articles.docs.ts'

export const articles = router({
  list: publicProcedure({
    cost: 1,
    queries: 2,
    publicRead: true,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/articles' },
    docs: docs.list,
  })
    .input(ListArticles.prefault({}))
    .output(ArticlePage)
    .query(({ ctx, input }) => listArticles(ctx, input)),
  bySlug: publicProcedure({
    cost: 1,
    queries: 4,
    publicRead: true,
    scope: 'articles:read',
    // By one name in all addresses: two names for one place in a path are not allowed by OpenAPI.
    rest: { method: 'GET', path: '/articles/{id}', names: { slug: 'id' } },
    docs: docs.bySlug,
  })
    .input(ArticleBySlug)
    .output(ArticleView)
    .query(({ ctx, input }) => getArticle(ctx, input)),
  around: publicProcedure({
    cost: 2,
    queries: 1,
    publicRead: true,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/articles/{id}/around' },
    docs: docs.around,
  })
    .input(ArticleById)
    .output(ArticlesAround)
    .query(({ ctx, input }) => getArticlesAround(ctx, input)),
  mine: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/me/articles' },
    docs: docs.mine,
  })
    .input(ListMyArticles.prefault({}))
    .output(MyArticlePage)
    .query(({ ctx, input }) => listMyArticles(ctx, input)),
  drafts: editorProcedure({ cost: 1, queries: 1 })
    .input(ListDrafts.prefault({}))
    .output(DraftPage)
    .query(({ ctx, input }) => listDrafts(ctx, input)),
  source: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/articles/{id}/source' },
    docs: docs.source,
  })
    .input(ArticleById)
    .output(ArticleSource)
    .query(({ ctx, input }) => getArticleSource(ctx, input)),
  preview: authedProcedure({
    cost: 3,
    queries: 0,
    scope: 'articles:write',
    readOnly: true,
    rest: { method: 'POST', path: '/previews' },
    docs: docs.preview,
  })
    .input(PreviewArticle)
    .output(ArticlePreview)
    .mutation(({ ctx, input }) => previewArticle(ctx, input)),
  create: authedProcedure({
    cost: 3,
    queries: 12,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles', status: 201, location: '/articles/{id}' },
    docs: docs.create,
  })
    .input(CreateArticle.prefault({}))
    .output(ArticleSource)
    .mutation(({ ctx, input }) => createArticle(ctx, input)),
  update: authedProcedure({
    cost: 3,
    queries: 13,
    scope: 'articles:write',
    rest: { method: 'PATCH', path: '/articles/{id}', versioned: true },
    docs: docs.update,
  })
    .input(UpdateArticle)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => updateArticle(ctx, input)),
  ...articleStates,
  trash: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/trash' },
    docs: docs.trash,
  })
    .input(ListTrash.prefault({}))
    .output(TrashPage)
    .query(({ ctx, input }) => listTrash(ctx, input)),
  restore: authedProcedure({
    cost: 2,
    queries: 12,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/trash/{id}/restore' },
    docs: docs.restore,
  })
    .input(ArticleById)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => restoreArticle(ctx, input)),
  purge: authedProcedure({
    cost: 2,
    queries: 5,
    scope: 'articles:write',
    rest: { method: 'DELETE', path: '/trash/{id}', status: 204 },
    docs: docs.purge,
  })
    .input(ArticleById)
    .output(Deleted)
    .mutation(({ ctx, input }) => purgeArticle(ctx, input)),
  closeComments: authedProcedure({
    cost: 2,
    queries: 4,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/close-comments' },
    docs: docs.closeComments,
  })
    .input(ArticleById)
    .output(CommentsState)
    .mutation(({ ctx, input }) => closeComments(ctx, input)),
  openComments: authedProcedure({
    cost: 2,
    queries: 4,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{id}/open-comments' },
    docs: docs.openComments,
  })
    .input(ArticleById)
    .output(CommentsState)
    .mutation(({ ctx, input }) => openComments(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    queries: 9,
    scope: 'articles:write',
    rest: { method: 'DELETE', path: '/articles/{id}', status: 204, versioned: true },
    docs: docs.delete,
  })
    .input(DeleteArticle)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteArticle(ctx, input)),
  rerender: adminTokenProcedure({
    cost: 20,
    queries: 3,
    scope: 'articles:write',
    rest: {
      method: 'POST',
      path: '/articles/rerender',
      status: 202,
      location: '/jobs/{jobId}',
    },
    docs: docs.rerender,
  })
    .input(Nothing)
    .output(JobStarted)
    .mutation(({ ctx }) => rerenderArticles(ctx)),
})
