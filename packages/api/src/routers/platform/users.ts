import { ChangeEmail, VerifyEmail } from '@galley/contract/platform/credentials'
import { Revoked } from '@galley/contract/platform/sessions'
import {
  Accepted,
  ByEmail,
  ByLinkToken,
  CreateUser,
  CurrentUser,
  ListUsers,
  ManagedUser,
  ManagedUserPage,
  SetRole,
  SuspendUser,
  UpdateProfile,
  UserById,
  VerifiedEmail,
} from '@galley/contract/platform/users'
import { confirmEmailChange, requestEmailChange } from '@galley/platform/users/change-email'
import { createUser } from '@galley/platform/users/sign-up'
import { listUsers } from '@galley/platform/users/list'
import { resendVerification, verifyEmail } from '@galley/platform/users/verify-email'
import {
  resetSecondFactor,
  restoreUser,
  suspendUser,
  revokeUserSessions,
  setRole,
} from '@galley/platform/users/manage'
import { updateProfile } from '@galley/platform/users/update-profile'
import { kept, withCookies } from '../../ctx.ts'
import {
  adminProcedure,
  authedProcedure,
  editorProcedure,
  publicProcedure,
  sessionProcedure,
  router,
} from '../../trpc.ts'
import { docs } from './users.docs.ts'

export const users = router({
  create: publicProcedure({ cost: 20, queries: 8, allowance: 'sign-up' })
    .input(CreateUser)
    .output(Accepted)
    .mutation(({ ctx, input }) => withCookies(ctx, createUser(ctx, input))),
  verifyEmail: publicProcedure({ cost: 10, queries: 14, allowance: 'sign-in' })
    .input(VerifyEmail)
    .output(VerifiedEmail)
    .mutation(({ ctx, input }) => verifyEmail(ctx, input, kept(ctx))),
  resendVerification: publicProcedure({ cost: 5, queries: 1, allowance: 'reset' })
    .input(ByEmail)
    .output(Accepted)
    .mutation(({ ctx, input }) => resendVerification(ctx, input)),
  updateProfile: authedProcedure({
    cost: 2,
    queries: 3,
    scope: 'profile:write',
    rest: { method: 'PATCH', path: '/me' },
    docs: docs.updateProfile,
  })
    .input(UpdateProfile.prefault({}))
    .output(CurrentUser)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
  requestEmailChange: sessionProcedure({
    cost: 5,
    queries: 6,
    allowance: 'reset',
    requiresRecentAuth: true,
  })
    .input(ChangeEmail)
    .output(Accepted)
    .mutation(({ ctx, input }) => requestEmailChange(ctx, input)),
  confirmEmailChange: sessionProcedure({ cost: 5, queries: 16 })
    .input(ByLinkToken)
    .output(VerifiedEmail)
    .mutation(({ ctx, input }) => withCookies(ctx, confirmEmailChange(ctx, input))),
  list: editorProcedure({ cost: 2, queries: 1 })
    .input(ListUsers.prefault({}))
    .output(ManagedUserPage)
    .query(({ ctx, input }) => listUsers(ctx, input)),
  setRole: editorProcedure({ cost: 2, queries: 13, requiresRecentAuth: true })
    .input(SetRole)
    .output(ManagedUser)
    .mutation(({ ctx, input }) => setRole(ctx, input)),
  suspend: editorProcedure({ cost: 2, queries: 11 })
    .input(SuspendUser)
    .output(ManagedUser)
    .mutation(({ ctx, input }) => suspendUser(ctx, input)),
  restore: editorProcedure({ cost: 2, queries: 10 })
    .input(UserById)
    .output(ManagedUser)
    .mutation(({ ctx, input }) => restoreUser(ctx, input)),
  resetSecondFactor: adminProcedure({ cost: 2, queries: 14, requiresRecentAuth: true })
    .input(UserById)
    .output(ManagedUser)
    .mutation(({ ctx, input }) => resetSecondFactor(ctx, input)),
  revokeSessions: editorProcedure({ cost: 2, queries: 10 })
    .input(UserById)
    .output(Revoked)
    .mutation(({ ctx, input }) => revokeUserSessions(ctx, input)),
})
