import * as passwords from '../src/credentials/change-password.ts'
import * as codes from '../src/credentials/totp.ts'
import * as resets from '../src/credentials/reset-password.ts'
import * as totpOff from '../src/credentials/totp.ts'
import * as totpOn from '../src/credentials/totp.ts'
import type { Ctx } from '../src/ctx.ts'
import type { Grant, Granted, GrantName, Kept } from '../src/grant.ts'
import * as passkeyDeletion from '../src/passkeys/manage.ts'
import * as passkeySignIn from '../src/passkeys/sign-in.ts'
import * as secondStep from '../src/sessions/create.ts'
import * as firstStep from '../src/sessions/create.ts'
import * as signOut from '../src/sessions/revoke.ts'
import * as ownSession from '../src/sessions/own-session.ts'
import * as revocation from '../src/sessions/revoke.ts'
import * as start from '../src/sessions/start.ts'
import * as tokens from '../src/tokens/sign-in.ts'
import * as emailChange from '../src/users/change-email.ts'
import * as signUp from '../src/users/sign-up.ts'
import * as verification from '../src/users/verify-email.ts'

/** What a browser keeps; a context without one is of a request that brings nothing and keeps nothing. */
export type Jar = Map<GrantName, string>
type WithJar = { jar?: Jar }

const kept = ({ jar = new Map() }: WithJar): Kept => Object.fromEntries(jar)

function keep({ jar = new Map() }: WithJar, grant: Grant) {
  for (const name of Object.keys(grant) as GrantName[]) {
    const issued = grant[name]
    if (issued) jar.set(name, issued.token)
    else jar.delete(name)
  }
}

/** The verb as a browser's requests run it: what it grants goes into the jar. */
const keeping =
  <Of extends Ctx, Args extends unknown[], View>(
    verb: (ctx: Of, ...args: Args) => Promise<Granted<View>>,
  ) =>
  async (ctx: Of & WithJar, ...args: Args): Promise<View> => {
    const { view, grant } = await verb(ctx, ...args)
    keep(ctx, grant)
    return view
  }

/** The same of a verb that reads what the browser kept. */
const bringing =
  <Of extends Ctx, Input, View>(
    verb: (ctx: Of, input: Input, kept: Kept) => Promise<Granted<View>>,
  ) =>
  (ctx: Of & WithJar, input: Input): Promise<View> =>
    keeping(verb)(ctx, input, kept(ctx))

export const createSession = bringing(firstStep.createSession)
export const createSessionByPasskey = bringing(passkeySignIn.createSessionByPasskey)
export const resetPassword = bringing(resets.resetPassword)

export const createSessionWithSecondFactor = (
  ctx: Ctx & WithJar,
  input: Parameters<typeof secondStep.createSessionWithSecondFactor>[1],
) =>
  bringing(secondStep.createSessionWithSecondFactor)(ctx, input).catch((error: unknown) => {
    const isOver =
      error instanceof Error &&
      'reason' in error &&
      error.reason === 'session/second-factor-expired'
    if (isOver) keep(ctx, { 'second-factor': null })
    throw error
  })

export const startSession = async (
  ctx: Ctx & WithJar,
  user: start.ProvenUser,
  method: Parameters<typeof start.startSession>[2],
) => keep(ctx, await start.startSession(ctx, user, method, kept(ctx)))

export const verifyEmail = (
  ctx: Ctx & WithJar,
  input: Parameters<typeof verification.verifyEmail>[1],
) => verification.verifyEmail(ctx, input, kept(ctx))

export const createTokenPair = (
  ctx: Ctx & WithJar,
  input: Parameters<typeof tokens.createTokenPair>[1],
) => tokens.createTokenPair(ctx, input, kept(ctx))

export const createUser = keeping(signUp.createUser)
export const changePassword = keeping(passwords.changePassword)
export const setPassword = keeping(passwords.setPassword)
export const confirmTotp = keeping(totpOn.confirmTotp)
export const deleteTotp = keeping(totpOff.deleteTotp)
export const createRecoveryCodes = keeping(codes.createRecoveryCodes)
export const deletePasskey = keeping(passkeyDeletion.deletePasskey)
export const confirmEmailChange = keeping(emailChange.confirmEmailChange)
export const deleteSession = keeping(signOut.deleteSession)
export const revokeSession = keeping(revocation.revokeSession)
export const withRotatedSession = keeping(ownSession.withRotatedSession)
