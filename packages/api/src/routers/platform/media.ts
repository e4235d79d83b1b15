import {
  CreateUpload,
  DeleteMedia,
  HeldMediaPage,
  ListHeldMedia,
  ListMedia,
  ListMediaUses,
  MediaById,
  MediaPage,
  MediaQuota,
  MediaUsesPage,
  MediaView,
  PreparedUpload,
  UpdateMedia,
} from '@galley/contract/platform/media'
import { Deleted, Nothing } from '@galley/contract/primitives'
import { deleteMedia, updateMedia } from '@galley/platform/media/change'
import { getMedia, listMediaUses } from '@galley/platform/media/get'
import { listHeldMedia, listMedia } from '@galley/platform/media/list'
import { getMediaQuota } from '@galley/platform/media/quota'
import { completeUpload, createUpload, renewUpload } from '@galley/platform/media/upload'
import { adminProcedure, authedProcedure, router } from '../../trpc.ts'
import { docs } from './media.docs.ts'

export const media = router({
  list: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'media:read',
    rest: { method: 'GET', path: '/me/media' },
    docs: docs.list,
  })
    .input(ListMedia.prefault({}))
    .output(MediaPage)
    .query(({ ctx, input }) => listMedia(ctx, input)),
  quota: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'media:read',
    rest: { method: 'GET', path: '/me/media-quota' },
    docs: docs.quota,
  })
    .input(Nothing)
    .output(MediaQuota)
    .query(({ ctx }) => getMediaQuota(ctx)),
  get: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'media:read',
    rest: { method: 'GET', path: '/media/{id}' },
    docs: docs.get,
  })
    .input(MediaById)
    .output(MediaView)
    .query(({ ctx, input }) => getMedia(ctx, input)),
  uses: authedProcedure({
    cost: 1,
    queries: 3,
    scope: 'media:read',
    rest: { method: 'GET', path: '/media/{id}/uses' },
    docs: docs.uses,
  })
    .input(ListMediaUses)
    .output(MediaUsesPage)
    .query(({ ctx, input }) => listMediaUses(ctx, input)),
  createUpload: authedProcedure({
    cost: 10,
    queries: 2,
    scope: 'media:write',
    rest: { method: 'POST', path: '/media/uploads' },
    docs: docs.createUpload,
    madeAgain: { upload: (ctx, { media }) => renewUpload(ctx, MediaView.parse(media)) },
  })
    .input(CreateUpload)
    .output(PreparedUpload)
    .mutation(({ ctx, input }) => createUpload(ctx, input)),
  completeUpload: authedProcedure({
    cost: 2,
    queries: 7,
    scope: 'media:write',
    rest: { method: 'POST', path: '/media/{id}/complete' },
    docs: docs.completeUpload,
  })
    .input(MediaById)
    .output(MediaView)
    .mutation(({ ctx, input }) => completeUpload(ctx, input)),
  update: authedProcedure({
    cost: 2,
    queries: 6,
    scope: 'media:write',
    rest: { method: 'PATCH', path: '/media/{id}' },
    docs: docs.update,
  })
    .input(UpdateMedia)
    .output(MediaView)
    .mutation(({ ctx, input }) => updateMedia(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    queries: 8,
    scope: 'media:write',
    rest: { method: 'DELETE', path: '/media/{id}', status: 204 },
    docs: docs.delete,
  })
    .input(DeleteMedia)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteMedia(ctx, input)),
  listHeld: adminProcedure({ cost: 2, queries: 1 })
    .input(ListHeldMedia.prefault({}))
    .output(HeldMediaPage)
    .query(({ ctx, input }) => listHeldMedia(ctx, input)),
})
