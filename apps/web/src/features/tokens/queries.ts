import type { RouterContext } from '../../lib/router-context.ts'

export const myTokens = (trpc: RouterContext['trpc']) => trpc.tokens.list.queryOptions()
