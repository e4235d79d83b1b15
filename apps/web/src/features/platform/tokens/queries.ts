import type { RouterContext } from '../../../lib/router-context.ts'

export const myPrograms = (trpc: RouterContext['trpc']) => trpc.tokens.listPrograms.queryOptions()

export const myTokens = (trpc: RouterContext['trpc']) => trpc.tokens.list.queryOptions()
