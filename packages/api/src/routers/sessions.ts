import { CreateSession, SessionView } from '@galley/contract/sessions'
import { createSession, deleteSession, getSession } from '@galley/core/sessions'
import { z } from 'zod'
import { publicProcedure, router } from '../trpc.ts'

const Nothing = z.strictObject({}).optional()

export const sessions = router({
  current: publicProcedure({ cost: 1 })
    .input(Nothing)
    .output(SessionView)
    .query(({ ctx }) => getSession(ctx)),
  create: publicProcedure({ cost: 10 })
    .input(CreateSession)
    .output(SessionView)
    .mutation(({ ctx, input }) => createSession(ctx, input)),
  delete: publicProcedure({ cost: 1 })
    .input(Nothing)
    .output(SessionView)
    .mutation(({ ctx }) => deleteSession(ctx)),
})
