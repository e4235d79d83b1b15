import {
  ChangePassword,
  ConfirmTotp,
  CredentialsView,
  RecoveryCodes,
  ResetPassword,
  SetPassword,
  TotpSecret,
} from '@galley/contract/platform/credentials'
import { Nothing } from '@galley/contract/primitives'
import { Accepted, ByEmail } from '@galley/contract/platform/users'
import { changePassword, setPassword } from '@galley/platform/credentials/change-password'
import {
  confirmTotp,
  startTotp,
  createRecoveryCodes,
  deleteTotp,
} from '@galley/platform/credentials/totp'
import {
  finishReview,
  requestPasswordReset,
  resetPassword,
} from '@galley/platform/credentials/reset-password'
import { getCredentials } from '@galley/platform/credentials/get'
import { kept, withCookies } from '../../ctx.ts'
import { publicProcedure, sessionProcedure, router } from '../../trpc.ts'

export const credentials = router({
  current: sessionProcedure({ cost: 1, queries: 1 })
    .input(Nothing)
    .output(CredentialsView)
    .query(({ ctx }) => getCredentials(ctx)),
  changePassword: sessionProcedure({ cost: 10, queries: 16 })
    .input(ChangePassword)
    .output(Accepted)
    .mutation(({ ctx, input }) => withCookies(ctx, changePassword(ctx, input))),
  setPassword: sessionProcedure({ cost: 10, queries: 12, requiresRecentAuth: true })
    .input(SetPassword)
    .output(Accepted)
    .mutation(({ ctx, input }) => withCookies(ctx, setPassword(ctx, input))),
  requestPasswordReset: publicProcedure({ cost: 5, queries: 1, allowance: 'reset' })
    .input(ByEmail)
    .output(Accepted)
    .mutation(({ ctx, input }) => requestPasswordReset(ctx, input)),
  resetPassword: publicProcedure({ cost: 10, queries: 19, allowance: 'sign-in' })
    .input(ResetPassword)
    .output(Accepted)
    .mutation(({ ctx, input }) => withCookies(ctx, resetPassword(ctx, input, kept(ctx)))),
  finishReview: sessionProcedure({ cost: 2, queries: 3, requiresRecentAuth: true })
    .input(Nothing)
    .output(Accepted)
    .mutation(({ ctx }) => finishReview(ctx)),
  startTotp: sessionProcedure({ cost: 5, queries: 1, requiresRecentAuth: true, enrolling: true })
    .input(Nothing)
    .output(TotpSecret)
    .mutation(({ ctx }) => startTotp(ctx)),
  confirmTotp: sessionProcedure({
    cost: 10,
    queries: 12,
    requiresRecentAuth: true,
    enrolling: true,
  })
    .input(ConfirmTotp)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => withCookies(ctx, confirmTotp(ctx, input))),
  deleteTotp: sessionProcedure({ cost: 5, queries: 1, requiresRecentAuth: true })
    .input(Nothing)
    .output(Accepted)
    .mutation(({ ctx }) => withCookies(ctx, deleteTotp(ctx))),
  createRecoveryCodes: sessionProcedure({ cost: 10, queries: 1, requiresRecentAuth: true })
    .input(Nothing)
    .output(RecoveryCodes)
    .mutation(({ ctx }) => withCookies(ctx, createRecoveryCodes(ctx))),
})
