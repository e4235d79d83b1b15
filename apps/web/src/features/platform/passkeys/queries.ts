import type { RouterContext } from '../../../lib/router-context.ts'

export const myPasskeys = (trpc: RouterContext['trpc']) => trpc.passkeys.list.queryOptions()
