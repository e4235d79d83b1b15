import type { RouterContext } from '../../../lib/router-context.ts'

export const myDevices = (trpc: RouterContext['trpc']) =>
  trpc.sessions.list.queryOptions(undefined, { staleTime: 0 })
