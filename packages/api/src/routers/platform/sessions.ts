import { Nothing } from '@galley/contract/primitives'
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
import { createSession } from '@galley/platform/sessions/create'
import { createSessionWithSecondFactor } from '@galley/platform/sessions/create-with-second-factor'
import { deleteSession } from '@galley/platform/sessions/delete'
import { getSession } from '@galley/platform/sessions/get'
import { listDevices } from '@galley/platform/sessions/list'
import { revokeOtherSessions, revokeSession } from '@galley/platform/sessions/revoke'
import { stepUp } from '@galley/platform/sessions/step-up'
import { publicProcedure, sessionProcedure, router } from '../../trpc.ts'
import { docs } from './sessions.docs.ts'

export const sessions = router({
  current: publicProcedure({
    cost: 1,
    scope: 'profile:read',
    rest: { method: 'GET', path: '/me' },
    docs: docs.current,
  })
    .input(Nothing)
    .output(SessionView)
    .query(({ ctx }) => getSession(ctx)),
  create: publicProcedure({ cost: 10, allowance: 'sign-in' })
    .input(CreateSession)
    .output(SignInView)
    .mutation(({ ctx, input }) => createSession(ctx, input)),
  createWithSecondFactor: publicProcedure({ cost: 10, allowance: 'sign-in' })
    .input(BySecondFactor)
    .output(SessionView)
    .mutation(({ ctx, input }) => createSessionWithSecondFactor(ctx, input)),
  list: sessionProcedure({ cost: 1 })
    .input(Nothing)
    .output(DeviceList)
    .query(({ ctx }) => listDevices(ctx)),
  revoke: sessionProcedure({ cost: 2, suspended: true })
    .input(SessionById)
    .output(Revoked)
    .mutation(({ ctx, input }) => revokeSession(ctx, input)),
  revokeOthers: sessionProcedure({ cost: 2, suspended: true })
    .input(Nothing)
    .output(Revoked)
    .mutation(({ ctx }) => revokeOtherSessions(ctx)),
  stepUp: sessionProcedure({ cost: 10, suspended: true })
    .input(StepUp)
    .output(StepUpView)
    .mutation(({ ctx, input }) => stepUp(ctx, input)),
  delete: publicProcedure({ cost: 1 })
    .input(Nothing)
    .output(SessionView)
    .mutation(({ ctx }) => deleteSession(ctx)),
})
