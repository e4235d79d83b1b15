import {
  ArticleAtVersion,
  ArticleById,
  ArticleBySlug,
  ArticlePage,
  ArticlePreview,
  ArticleSource,
  ArticleView,
  CreateArticle,
  ListArticles,
  ListMyArticles,
  MyArticlePage,
  PreviewArticle,
  UpdateArticle,
} from '@galley/contract/articles'
import { Deleted } from '@galley/contract/primitives'
import {
  createArticle,
  deleteArticle,
  getArticle,
  getArticleSource,
  listArticles,
  listMyArticles,
  previewArticle,
  publishArticle,
  unpublishArticle,
  updateArticle,
} from '@galley/core/articles'
import { authedProcedure, publicProcedure, router } from '../trpc.ts'

export const articles = router({
  list: publicProcedure({ cost: 1 })
    .input(ListArticles)
    .output(ArticlePage)
    .query(({ ctx, input }) => listArticles(ctx, input)),
  bySlug: publicProcedure({ cost: 1 })
    .input(ArticleBySlug)
    .output(ArticleView)
    .query(({ ctx, input }) => getArticle(ctx, input)),
  mine: authedProcedure({ cost: 1 })
    .input(ListMyArticles)
    .output(MyArticlePage)
    .query(({ ctx, input }) => listMyArticles(ctx, input)),
  source: authedProcedure({ cost: 1 })
    .input(ArticleById)
    .output(ArticleSource)
    .query(({ ctx, input }) => getArticleSource(ctx, input)),
  preview: authedProcedure({ cost: 3 })
    .input(PreviewArticle)
    .output(ArticlePreview)
    .mutation(({ ctx, input }) => previewArticle(ctx, input)),
  create: authedProcedure({ cost: 3 })
    .input(CreateArticle)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => createArticle(ctx, input)),
  update: authedProcedure({ cost: 3 })
    .input(UpdateArticle)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => updateArticle(ctx, input)),
  publish: authedProcedure({ cost: 2 })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => publishArticle(ctx, input)),
  unpublish: authedProcedure({ cost: 2 })
    .input(ArticleAtVersion)
    .output(ArticleSource)
    .mutation(({ ctx, input }) => unpublishArticle(ctx, input)),
  delete: authedProcedure({ cost: 2 })
    .input(ArticleById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteArticle(ctx, input)),
})
