import type { RouterContext } from '../../../lib/router-context.ts'

export const myFavourites = (trpc: RouterContext['trpc'], cursor: string | undefined) =>
  trpc.favourites.list.queryOptions({ cursor, limit: 12 }, { staleTime: 0 })
