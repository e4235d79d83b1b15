import {
  ByPasskey,
  CreatePasskey,
  PasskeyById,
  PasskeyList,
  PasskeyOptions,
  PasskeyView,
} from '@galley/contract/platform/passkeys'
import { Nothing } from '@galley/contract/primitives'
import { SessionView, StepUpView } from '@galley/contract/platform/sessions'
import { Accepted } from '@galley/contract/platform/users'
import {
  createPasskey,
  startPasskeyRegistration,
  deletePasskey,
  listPasskeys,
} from '@galley/platform/passkeys/manage'
import {
  createSessionByPasskey,
  startPasskeySignIn,
  stepUpByPasskey,
} from '@galley/platform/passkeys/sign-in'
import { kept, withCookies } from '../../ctx.ts'
import { publicProcedure, sessionProcedure, router } from '../../trpc.ts'

export const passkeys = router({
  list: sessionProcedure({ cost: 1, queries: 1 })
    .input(Nothing)
    .output(PasskeyList)
    .query(({ ctx }) => listPasskeys(ctx)),
  startRegistration: sessionProcedure({ cost: 2, queries: 2, requiresRecentAuth: true })
    .input(Nothing)
    .output(PasskeyOptions)
    .mutation(({ ctx }) => startPasskeyRegistration(ctx)),
  create: sessionProcedure({ cost: 5, queries: 6, requiresRecentAuth: true })
    .input(CreatePasskey)
    .output(PasskeyView)
    .mutation(({ ctx, input }) => createPasskey(ctx, input)),
  delete: sessionProcedure({ cost: 2, queries: 9, requiresRecentAuth: true })
    .input(PasskeyById)
    .output(Accepted)
    .mutation(({ ctx, input }) => withCookies(ctx, deletePasskey(ctx, input))),
  startSignIn: publicProcedure({ cost: 2, queries: 1, inMaintenance: true })
    .input(Nothing)
    .output(PasskeyOptions)
    .mutation(({ ctx }) => startPasskeySignIn(ctx)),
  signIn: publicProcedure({ cost: 5, queries: 6, allowance: 'sign-in', inMaintenance: true })
    .input(ByPasskey)
    .output(SessionView)
    .mutation(({ ctx, input }) => withCookies(ctx, createSessionByPasskey(ctx, input, kept(ctx)))),
  stepUp: sessionProcedure({ cost: 5, queries: 1, allowSuspended: true })
    .input(ByPasskey)
    .output(StepUpView)
    .mutation(({ ctx, input }) => stepUpByPasskey(ctx, input)),
})
