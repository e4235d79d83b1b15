import type { RouterContext } from '../../../lib/router-context.ts'

export const invitationPage = (trpc: RouterContext['trpc'], cursor: string | undefined) =>
  trpc.invitations.list.queryOptions({ cursor, limit: 25 }, { staleTime: 0 })
