import type { Caller, Outcome } from './callers.ts'
import type { World } from './world.ts'

/** One line of the matrix: a procedure, on what, and what each caller gets. */
export type Row = {
  procedure: string
  /** Which of several targets, where the answer depends on it. */
  on?: string
  /** The input of a call that would be in order; makes what it is about. */
  input?: (world: World) => unknown
  expected: Record<Caller, Outcome>
}

type Expected = Partial<Record<Caller, Outcome>> & {
  /** Everybody who is not named; a program is as the owner's personal token. */
  otherwise: Outcome
}

export function row(
  procedure: string,
  { otherwise, ...named }: Expected,
  input?: Row['input'],
  on?: string,
): Row {
  const everybody: Record<Caller, Outcome> = {
    anonymous: otherwise,
    reader: otherwise,
    owner: otherwise,
    other: otherwise,
    editor: otherwise,
    admin: otherwise,
    suspended: otherwise,
    demoted: otherwise,
    token: otherwise,
    accessToken: named.token ?? otherwise,
    wrongToken: otherwise,
    readerToken: otherwise,
    adminToken: otherwise,
    suspendedToken: otherwise,
    demotedToken: otherwise,
  }
  return {
    procedure,
    expected: { ...everybody, ...named },
    ...(input && { input }),
    ...(on && { on }),
  }
}

/** Callers who have no right to call at all, by what a procedure declares. */
export const scoped = { wrongToken: 'token/scope-missing' } as const

export const signedInScoped = { ...scoped, anonymous: 'session/required' } as const

export const signedInToWrite = {
  ...signedInScoped,
  suspended: 'user/suspended',
  suspendedToken: 'user/suspended',
} as const

export const noTokens = {
  token: 'token/not-allowed',
  wrongToken: 'token/not-allowed',
  readerToken: 'token/not-allowed',
  adminToken: 'token/not-allowed',
  suspendedToken: 'token/not-allowed',
  demotedToken: 'token/not-allowed',
} as const

export const signedIn = { ...noTokens, anonymous: 'session/required' } as const

export const signedInPersonToWrite = { ...signedIn, suspended: 'user/suspended' } as const

export const editors = {
  ...signedIn,
  reader: 'role/required',
  owner: 'role/required',
  other: 'role/required',
  suspended: 'role/required',
  demoted: 'role/required',
} as const

export const admins = { ...editors, editor: 'role/required' } as const

/** For what admins may have their own API clients do. */
export const adminsScoped = {
  ...admins,
  token: 'role/required',
  accessToken: 'role/required',
  wrongToken: 'token/scope-missing',
  readerToken: 'role/required',
  adminToken: 'ok',
  suspendedToken: 'role/required',
  demotedToken: 'role/required',
  otherwise: 'ok',
} as const

/** Who has lost the right to write. */
export const demotedOwner = <Reason extends Outcome>(reason: Reason) =>
  ({ demoted: reason, demotedToken: reason }) as const

/** For what the owner and editors may see. */
export const strangers = <Reason extends Outcome>(reason: Reason) =>
  ({ reader: reason, other: reason, readerToken: reason }) as const

/** For what is the owner's alone, whatever the office of others. */
export const nobodyElse = <Reason extends Outcome>(reason: Reason) =>
  ({ reader: reason, other: reason, editor: reason, admin: reason }) as const
