import type {
  TRPC_ERROR_CODE_NUMBER,
  TRPCBuiltRouter,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
} from '@trpc/server'
import type { Api, ErrorData } from './api.gen.ts'
import type { Mutation, Query } from './calls.ts'

type ErrorShape = {
  message: string
  code: TRPC_ERROR_CODE_NUMBER
  data: ErrorData & { httpStatus: number; path?: string; stack?: string }
}

type RecordOf<Calls> = {
  [Key in keyof Calls]: Calls[Key] extends Query<infer Input, infer Output>
    ? TRPCQueryProcedure<{ meta: object; input: Input; output: Output }>
    : Calls[Key] extends Mutation<infer Input, infer Output>
      ? TRPCMutationProcedure<{ meta: object; input: Input; output: Output }>
      : RecordOf<Calls[Key]>
}

type Root = { ctx: object; meta: object; errorShape: ErrorShape; transformer: false }

/** The router as tRPC's own tools want it: React Query, `inferRouterInputs`, links of yours. */
export type AppRouter = TRPCBuiltRouter<Root, RecordOf<Api>>
