import type { Scope } from '@galley/contract/scopes'
import { AppError } from '@galley/platform/errors'
import type { MadeAgain } from '@galley/platform/idempotency/run-idempotent'
import { fail, inSpan, type Span, type SpanOptions } from '@galley/tracing/span'
import { traceIdIn } from '@galley/tracing/traceparent'
import { whileAt } from '@galley/tracing/work'
import { initTRPC, TRPCError } from '@trpc/server'
import { middlewareMarker } from '@trpc/server/unstable-core-do-not-import'
import type { Allowance, ReadSubject, RequestCtx } from './ctx.ts'
import { checkAccess } from './access.ts'
import type { OperationDocs } from './docs.ts'
import { errorData, toCallerError } from './errors.ts'
import { readFromReplica } from './read-from-replica.ts'
import { runIdempotentCall, isKeyed } from './idempotency.ts'
import { whileCounted } from './streams.ts'
import { withSyncParsing } from './sync-parsing.ts'

/** Who may call; finer rules are policies of the slices. */
export type Access = 'public' | 'signed-in' | 'editor' | 'admin'

export type Meta = {
  access: Access
  /** What a token needs for it; null where only a person who is signed in may call. */
  scope: Scope | null
  /** What a call takes from the caller's allowance; a plain indexed read is 1. */
  cost: number
  /** A further, stricter allowance that a call takes 1 from. */
  allowance?: Allowance
  /** Whether it needs a sign-in or a step-up of the last ten minutes. */
  requiresRecentAuth?: boolean
  /** Whether a mutation changes nothing, as a preview: repeating it is safe without a key. */
  readOnly?: boolean
  /** What of its result is a secret, and so not kept with an idempotency key. */
  madeAgain?: MadeAgain
  /** Whether suspended people may call it though it changes something. */
  allowSuspended?: boolean
  /** Whether it sets up a second factor: who lacks the one that they need may call it. */
  enrolling?: boolean
  /** Whether everybody may call it while the site is in maintenance: what the pages to sign in need. */
  inMaintenance?: true
  /** Where it is under `/api/v1`; what a token may not call has no such address. */
  rest?: RestMeta
  /** What the OpenAPI document says of it; what has a REST address needs it. */
  docs?: OperationDocs
  /**
   * Whether what it returns is the same for everybody who is signed out, and follows from its input alone: it may then be
   * some seconds old (`ctx.publicReads`), in shared caches too.
   */
  publicRead?: true
  /** It may be read from a standby that is some seconds behind, but not behind this; what is a `publicRead` may too. */
  mayLag?: ReadSubject
  /** The field of the input with the id (`subjectOf`) of the events that change its answer: they drop the kept pages that show it. */
  dependsOn?: string
  /** Set when something else is to be used: headers and the OpenAPI document say so. */
  deprecated?: Deprecation
}

export type ProcedureMeta = Meta & {
  /**
   * How many SQL statements a call may send, however long its lists are, and one more where it asks for a `total`; the tests of the
   * server count them. Not what comes around it: who calls, allowances, an idempotency key, BEGIN and COMMIT.
   */
  queries: number
}

export type RestMeta = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Plural nouns; what is in braces is a field of the input: `/articles/{id}/publish`. */
  path: string
  /** The fields that the address calls otherwise: `{ slug: 'id' }` where `/articles/{id}` takes a slug too. */
  names?: Record<string, string>
  /** Of success; 200 by default. */
  status?: 200 | 201 | 202 | 204
  /** Where the thing made, or the job started, is found; what is in braces is a field of the output. */
  location?: string
  /** Whether the field `version` may come as `If-Match` instead (RFC 9110, 13.1.1). */
  versioned?: boolean
  /** Whether the body is a form with a file (RFC 7578) instead of JSON. */
  multipart?: true
}

/** Days as `2027-01-31`: since when it is deprecated, and from when on it may be gone. */
export type Deprecation = { since: string; sunset: string; use?: string }

const PING_MS = 15_000
/** Then its client comes again: so that streams spread over all servers, and no leak lives for ever. */
const LONGEST_STREAM_MS = 60 * 60 * 1000

const t = initTRPC
  .context<RequestCtx>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false, // an error shape never carries a stack, whatever NODE_ENV says
    sse: {
      // More often than proxies and our own sockets give up on a connection that is silent.
      ping: { enabled: true, intervalMs: PING_MS },
      client: { reconnectAfterInactivityMs: 3 * PING_MS },
      maxDurationMs: LONGEST_STREAM_MS,
    },
    errorFormatter: ({ shape, error, ctx }) => {
      const appError = toCallerError(error)
      const traceId = traceIdIn(ctx?.traceparent)
      const data = errorData(appError, { requestId: ctx?.requestId ?? '', traceId })
      return { ...shape, message: appError.message, data: { ...shape.data, ...data } }
    },
  })

export const { router, mergeRouters, createCallerFactory } = t

/** Each call, alone or in a batch: logged under its own id, its error mapped once, charged. */
const guarded = t.procedure
  .use(async ({ ctx, path, type, batchIndex, next }) => {
    const started = performance.now()
    const { meter, requestId } = ctx
    const work = { requestId, traceId: traceIdIn(ctx.traceparent), procedure: path }
    const result = await inSpan(path, spanOf(path, type), async (span) => {
      const outcome = await whileAt(work, () => next())
      if (span && !outcome.ok) markRefused(span, toCallerError(outcome.error))
      return outcome
    })
    const exactMs = performance.now() - started
    const ms = Math.round(exactMs * 10) / 10
    const call = { callId: `${ctx.requestId}.${batchIndex}`, path, type, ms }
    if (result.ok) {
      meter?.ended(path, exactMs)
      ctx.onCall?.(call)
      return result
    }
    const error = toCallerError(result.error)
    meter?.ended(path, exactMs, error.code)
    const failed = { ...call, reason: error.reason, ...personOf(ctx) }
    if (error.code === 'INTERNAL_SERVER_ERROR') {
      ctx.log.error({ ...failed, err: error.cause }, 'call failed')
    } else ctx.log.info(failed, 'call refused')
    throw new TRPCError({ code: error.code, message: error.message, cause: error })
  })
  .use(async ({ ctx, meta, path, next }) => {
    if (!meta) throw new Error(`${path} declares neither access nor cost`)
    await ctx.charge(meta.cost)
    if (meta.allowance) await ctx.charge(1, meta.allowance)
    return next()
  })
  .use(({ ctx, meta, type, signal, next }) => {
    if (meta) checkAccess(ctx, meta, type)
    return next({ ctx: { signal } })
  })
  .use(async ({ ctx, meta, path, getRawInput, next }) => {
    const { publicReads, onDependency } = ctx
    if (!meta?.publicRead || !publicReads) {
      if (meta?.dependsOn && onDependency)
        onDependency(fieldOf(await getRawInput(), meta.dependsOn))
      return readFromReplica(ctx, meta, (db) => (db ? next({ ctx: { db } }) : next()))
    }
    const input = await getRawInput()
    const data = await publicReads.getOrSet(path, input, async () => {
      const anonymous = withoutCaller(ctx)
      const result = await readFromReplica(ctx, meta, (db = ctx.db) =>
        next({ ctx: { ...anonymous, db } }),
      )
      if (!result.ok) throw result.error
      return result.data
    })
    return { ok: true, data, marker: middlewareMarker }
  })
  .use(async ({ ctx, meta, type, path, batchIndex, getRawInput, next }) => {
    if (!meta || !isKeyed(ctx, type, meta)) return next()
    const input = await getRawInput()
    const data = await runIdempotentCall({ ctx, meta, path, batchIndex, input }, async (inside) => {
      const result = await next({ ctx: inside })
      if (!result.ok) throw result.error
      return result.data
    })
    return { ok: true, data, marker: middlewareMarker }
  })
  .use(({ ctx, type, signal, next }) => whileCounted({ ctx, type, signal }, next))

const fieldOf = (input: unknown, field: string) => String(Object(input)[field])

const spanOf = (path: string, type: string): SpanOptions => ({
  attributes: { 'rpc.system.name': 'trpc', 'rpc.method': path, 'galley.call.type': type },
})

/** What the caller did wrong is no failure of the server. */
function markRefused(span: Span, { code, reason }: AppError) {
  if (serverFailures.has(code)) fail(span, reason)
  else span.setAttribute('error.type', reason)
}

const serverFailures = new Set<string>(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE'])

const personOf = ({ actor }: RequestCtx) => actor.kind === 'user' && { userId: actor.user.id }

type Options = Omit<ProcedureMeta, 'access' | 'scope'>

/** Anybody may call it; a token only where a scope is named. */
export const publicProcedure = ({ scope = null, ...options }: Options & { scope?: Scope | null }) =>
  withSyncParsing(guarded.meta({ ...options, access: 'public', scope }))

/** A signed-in person may call it, and a token with the scope. */
export const authedProcedure = (options: Options & { scope: Scope }) =>
  withSyncParsing(
    guarded
      .meta({ ...options, access: 'signed-in' })
      .use(({ ctx, next }) => next({ ctx: authed(ctx) })),
  )

/** Only a person who is signed in may call it, never a token: account, credentials, tokens themselves. */
export const sessionProcedure = (options: Options) =>
  withSyncParsing(
    guarded
      .meta({ ...options, access: 'signed-in', scope: null })
      .use(({ ctx, next }) => next({ ctx: ofSession(ctx) })),
  )

/** The same for editors and admins. */
export const editorProcedure = (options: Options) =>
  withSyncParsing(
    guarded
      .meta({ ...options, access: 'editor', scope: null })
      .use(({ ctx, next }) => next({ ctx: ofSession(ctx) })),
  )

/** The same for admins. */
export const adminProcedure = (options: Options) =>
  withSyncParsing(
    guarded
      .meta({ ...options, access: 'admin', scope: null })
      .use(({ ctx, next }) => next({ ctx: ofSession(ctx) })),
  )

/** An admin may call it, and an admin's token with the scope. */
export const adminTokenProcedure = (options: Options & { scope: Scope }) =>
  withSyncParsing(
    guarded
      .meta({ ...options, access: 'admin' })
      .use(({ ctx, next }) => next({ ctx: authed(ctx) })),
  )

// What is loaded for all must neither follow from who came first nor end with them.
const withoutCaller = (ctx: RequestCtx): RequestCtx => ({
  ...ctx,
  actor: { kind: 'anonymous' },
  signal: undefined,
  client: { ip: '', userAgent: '' },
  cookies: { get: () => undefined, set: refuse, clear: refuse, clearSiteData: refuse },
  idempotencyKey: undefined,
  publicReads: undefined,
})

function refuse() {
  throw new Error('What is read for all sets no cookie')
}

// What `checkAccess` has established, for the types.
function authed({ actor }: RequestCtx) {
  if (actor.kind !== 'user') throw new AppError('session/required')
  return { actor }
}

function ofSession(ctx: RequestCtx) {
  const { actor } = authed(ctx)
  const { via } = actor
  if (via.kind !== 'session') throw new AppError('token/not-allowed')
  return { actor: { ...actor, via } }
}
