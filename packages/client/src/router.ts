import type {
  TRPC_ERROR_CODE_NUMBER,
  TRPCBuiltRouter,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { Api, ErrorData } from './api.gen.ts'
import type { Mutation, Query, Subscription } from './calls.ts'

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
      : Calls[Key] extends Subscription<infer Input, infer Message>
        ? TRPCSubscriptionProcedure<{
            meta: object
            input: Input
            output: AsyncIterable<TrackedData<Message>, void, unknown>
          }>
        : RecordOf<Calls[Key]>
}

type TrackedData<Message> = { id: string; data: Message }

type Root = { ctx: object; meta: object; errorShape: ErrorShape; transformer: false }

/** The router as tRPC's own tools want it: React Query, `inferRouterInputs`, links of yours. */
export type AppRouter = TRPCBuiltRouter<Root, RecordOf<Api>>
