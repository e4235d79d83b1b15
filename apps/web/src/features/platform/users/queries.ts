import type { ListUsers } from '@galley/contract/platform/users'
import type { RouterContext } from '../../../lib/router-context.ts'

export const people = (trpc: RouterContext['trpc'], filter: Partial<ListUsers>) =>
  trpc.users.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
