import type { RouterContext } from '../../../lib/router-context.ts'

export const myCredentials = (trpc: RouterContext['trpc']) =>
  trpc.credentials.current.queryOptions()
