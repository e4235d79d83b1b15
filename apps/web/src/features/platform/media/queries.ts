import type { ListHeldMedia, ListMedia } from '@galley/contract/platform/media'
import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

export const mediaItem = (trpc: Trpc, id: string) => trpc.media.get.queryOptions({ id })

export const mediaList = (trpc: Trpc, filter: Partial<ListMedia>) =>
  trpc.media.list.queryOptions({ ...filter, limit: 24 }, { staleTime: 0 })

export const mediaQuota = (trpc: Trpc) => trpc.media.quota.queryOptions()

export const mediaUses = (trpc: Trpc, id: string) =>
  trpc.media.uses.queryOptions({ id, limit: 20, total: true }, { staleTime: 0 })

export const heldMedia = (trpc: Trpc, filter: Partial<ListHeldMedia>) =>
  trpc.media.listHeld.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
