import {
  BySecondFactor,
  CreateSession,
  DeviceList,
  Revoked,
  SessionById,
  SessionView,
  SignInView,
  StepUp,
  StepUpView,
} from '@galley/contract/platform/sessions'
import { Nothing } from '@galley/contract/primitives'
import { AppError } from '@galley/platform/errors'
import { createSession, createSessionWithSecondFactor } from '@galley/platform/sessions/create'
import { getSession, listDevices } from '@galley/platform/sessions/get'
import { deleteSession, revokeOtherSessions, revokeSession } from '@galley/platform/sessions/revoke'
import { stepUp } from '@galley/platform/sessions/step-up'
import { kept, type RequestCtx, withCookies } from '../../ctx.ts'
import { describeSlice } from '../../docs.ts'
import { publicProcedure, router, sessionProcedure } from '../../trpc.ts'
import { exampleUser } from './users.docs.ts'

const docs = describeSlice(
  { about: 'Who the caller is.' },
  {
    current: {
      summary: 'See who you are',
      description: '`user` is null when signed out.',
      examples: [{ summary: 'Signed in', response: { user: exampleUser } }],
    },
  },
)

/** What the first step granted is of no more use: the browser forgets it. */
const forgetPending =
  ({ cookies }: RequestCtx) =>
  (error: unknown): never => {
    if (error instanceof AppError && error.reason === 'session/second-factor-expired') {
      cookies.clear('second-factor')
    }
    throw error
  }

export const sessions = router({
  current: publicProcedure({
    cost: 1,
    queries: 0,
    inMaintenance: true,
    scope: 'profile:read',
    rest: { method: 'GET', path: '/me' },
    docs: docs.current,
  })
    .input(Nothing)
    .output(SessionView)
    .query(({ ctx }) => getSession(ctx)),
  create: publicProcedure({ cost: 10, queries: 9, allowance: 'sign-in', inMaintenance: true })
    .input(CreateSession)
    .output(SignInView)
    .mutation(({ ctx, input }) => withCookies(ctx, createSession(ctx, input, kept(ctx)))),
  createWithSecondFactor: publicProcedure({
    cost: 10,
    queries: 11,
    allowance: 'sign-in',
    inMaintenance: true,
  })
    .input(BySecondFactor)
    .output(SessionView)
    .mutation(({ ctx, input }) =>
      withCookies(
        ctx,
        createSessionWithSecondFactor(ctx, input, kept(ctx)).catch(forgetPending(ctx)),
      ),
    ),
  list: sessionProcedure({ cost: 1, queries: 1 })
    .input(Nothing)
    .output(DeviceList)
    .query(({ ctx }) => listDevices(ctx)),
  revoke: sessionProcedure({ cost: 2, queries: 2, allowSuspended: true })
    .input(SessionById)
    .output(Revoked)
    .mutation(({ ctx, input }) => withCookies(ctx, revokeSession(ctx, input))),
  revokeOthers: sessionProcedure({ cost: 2, queries: 3, allowSuspended: true })
    .input(Nothing)
    .output(Revoked)
    .mutation(({ ctx }) => revokeOtherSessions(ctx)),
  stepUp: sessionProcedure({ cost: 10, queries: 6, allowSuspended: true })
    .input(StepUp)
    .output(StepUpView)
    .mutation(({ ctx, input }) => stepUp(ctx, input)),
  delete: publicProcedure({ cost: 1, queries: 2, inMaintenance: true })
    .input(Nothing)
    .output(SessionView)
    .mutation(({ ctx }) => withCookies(ctx, deleteSession(ctx))),
})
