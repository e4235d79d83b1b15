import { Deleted, Nothing } from '@galley/contract/primitives'
import { CreateToken, NewToken, TokenById, TokenList } from '@galley/contract/tokens'
import { createToken, deleteToken, listTokens } from '@galley/core/tokens'
import { sessionProcedure, router } from '../trpc.ts'

export const tokens = router({
  list: sessionProcedure({ cost: 1 })
    .input(Nothing)
    .output(TokenList)
    .query(({ ctx }) => listTokens(ctx)),
  create: sessionProcedure({ cost: 5, fresh: true })
    .input(CreateToken)
    .output(NewToken)
    .mutation(({ ctx, input }) => createToken(ctx, input)),
  delete: sessionProcedure({ cost: 2, suspended: true })
    .input(TokenById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteToken(ctx, input)),
})
