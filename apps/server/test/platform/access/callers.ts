import type { ErrorReason } from '@galley/contract/errors'
import type { Role } from '@galley/contract/platform/users'

/** How a caller proves who they are: a session's cookie, a token, or nothing. */
type Credential =
  | { kind: 'none' }
  | { kind: 'session' }
  /** As programs get by signing in, with every scope. */
  | { kind: 'access-token' }
  /** With every scope, with the one that the procedure names, or with every other. */
  | { kind: 'token'; scopes: 'all' | 'needed' | 'others' }

export type CallerFacts = {
  title: string
  means: string
  role?: Role
  /** The person whose things the call is about. */
  owns?: boolean
  suspended?: boolean
  credential: Credential
}

const session: Credential = { kind: 'session' }

/** The columns of the matrix. */
export const callers = {
  anonymous: { title: 'anonymous', means: 'signed out', credential: { kind: 'none' } },
  reader: { title: 'reader', means: 'a reader', role: 'reader', credential: session },
  owner: {
    title: 'owner',
    means: 'the author whose thing it is',
    role: 'author',
    owns: true,
    credential: session,
  },
  other: { title: 'other author', means: 'another author', role: 'author', credential: session },
  editor: { title: 'editor', means: 'an editor', role: 'editor', credential: session },
  admin: { title: 'admin', means: 'an admin', role: 'admin', credential: session },
  suspended: {
    title: 'suspended owner',
    means: 'the author whose thing it is, suspended',
    role: 'author',
    owns: true,
    suspended: true,
    credential: session,
  },
  demoted: {
    title: 'demoted owner',
    means: 'the author whose thing it is, made a reader since',
    role: 'reader',
    owns: true,
    credential: session,
  },
  token: {
    title: 'token',
    means: 'a personal token of the owner with the scope of the procedure and no other',
    role: 'author',
    owns: true,
    credential: { kind: 'token', scopes: 'needed' },
  },
  accessToken: {
    title: 'program',
    means: 'an access token of the owner, as a program gets by signing in, with every scope',
    role: 'author',
    owns: true,
    credential: { kind: 'access-token' },
  },
  wrongToken: {
    title: 'token, other scopes',
    means: 'a personal token of the owner with every scope but that of the procedure',
    role: 'author',
    owns: true,
    credential: { kind: 'token', scopes: 'others' },
  },
  readerToken: {
    title: "reader's token",
    means: 'a personal token of a reader with every scope',
    role: 'reader',
    credential: { kind: 'token', scopes: 'all' },
  },
  adminToken: {
    title: "admin's token",
    means: 'a personal token of an admin with every scope',
    role: 'admin',
    credential: { kind: 'token', scopes: 'all' },
  },
  suspendedToken: {
    title: "suspended owner's token",
    means: 'a personal token of the suspended owner with every scope',
    role: 'author',
    owns: true,
    suspended: true,
    credential: { kind: 'token', scopes: 'all' },
  },
  demotedToken: {
    title: "demoted owner's token",
    means: 'a personal token of the demoted owner with every scope',
    role: 'reader',
    owns: true,
    credential: { kind: 'token', scopes: 'all' },
  },
} as const satisfies Record<string, CallerFacts>

export type Caller = keyof typeof callers

export const callerNames = Object.keys(callers) as Caller[]

/** What a call comes to: it is done, or refused for a reason. */
export type Outcome = 'ok' | ErrorReason
