import { Deleted, Nothing } from '@galley/contract/primitives'
import {
  CreateToken,
  NewToken,
  ProgramById,
  ProgramList,
  TokenById,
  TokenList,
} from '@galley/contract/platform/tokens'
import {
  createToken,
  deleteToken,
  listTokens,
  listApiClients,
  revokeApiClient,
} from '@galley/platform/tokens/manage'
import { sessionProcedure, router } from '../../trpc.ts'

export const tokens = router({
  list: sessionProcedure({ cost: 1, queries: 1 })
    .input(Nothing)
    .output(TokenList)
    .query(({ ctx }) => listTokens(ctx)),
  create: sessionProcedure({ cost: 5, queries: 6, requiresRecentAuth: true })
    .input(CreateToken)
    .output(NewToken)
    .mutation(({ ctx, input }) => createToken(ctx, input)),
  delete: sessionProcedure({ cost: 2, queries: 2, allowSuspended: true })
    .input(TokenById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteToken(ctx, input)),
  listPrograms: sessionProcedure({ cost: 1, queries: 1 })
    .input(Nothing)
    .output(ProgramList)
    .query(({ ctx }) => listApiClients(ctx)),
  revokeProgram: sessionProcedure({ cost: 2, queries: 3, allowSuspended: true })
    .input(ProgramById)
    .output(Deleted)
    .mutation(({ ctx, input }) => revokeApiClient(ctx, input)),
})
