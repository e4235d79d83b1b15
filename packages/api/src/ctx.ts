import type { ErrorCode } from '@galley/contract/errors'
import type { Allowance } from '@galley/limits/allowances'
import type * as platform from '@galley/platform/ctx'
import type { Granted, GrantName, Kept } from '@galley/platform/grant'
import type { PublishingDeps } from '@galley/publishing/ctx'

/** The adapters that the composition root chooses. */
export type AppDeps = platform.AppDeps & PublishingDeps

export type { Allowance }

/** The cookies of this request, whatever the transport; values are opaque. */
export type Cookies = {
  /** What the request brought, valid or not. */
  get(name: GrantName): string | undefined
  set(name: GrantName, value: string, expiresAt: Date): void
  clear(name: GrantName): void
  /** Has the browser drop what else it keeps of this site: cached responses and storage. */
  clearSiteData(): void
}

/** A call as the log shows it; `callId` is the request's id and the place in its batch. */
export type CallRecord = { callId: string; path: string; type: string; ms: number }

/** Measures the calls of a process. */
export type CallMeter = {
  /** It has ended after so long, with an error of this kind or without one. */
  ended(path: string, ms: number, code?: ErrorCode): void
}

/** What people who are signed out read, kept for a while. */
export type PublicReads = {
  /** What a procedure returns for an input, or what `load` does: one for all who ask. An input that is no object is loaded. */
  getOrSet(path: string, input: unknown, load: () => Promise<unknown>): Promise<unknown>
}

/** What a read must not miss: what people who are signed out get of calls, or what pages show, which is comments too. */
export type ReadSubject = 'answers' | 'pages'

/** Standby databases, as far as the caller may read from them. */
export type ReplicaReads = {
  /** Runs the one, or the other where no standby will do or the one that was chosen fails. */
  read<Result>(
    subject: ReadSubject,
    onReplica: (db: platform.AppDeps['db']) => Promise<Result>,
    onPrimary: () => Promise<Result>,
  ): Promise<Result>
}

/** What every procedure gets: the call for the domain, and the request that brought it. */
export type RequestCtx = platform.Ctx &
  PublishingDeps & {
    cookies: Cookies
    /** The header as it was sent; what may be sent again runs once (`idempotency.ts`). */
    idempotencyKey?: string | undefined
    /** Only of a request without any credentials. */
    publicReads?: PublicReads | undefined
    /** Hears of each id that a call depends on (`dependsOn`) before it is read. */
    onDependency?(id: string): void
    /** Where there are any. */
    replicas?: ReplicaReads | undefined
    /** What a subscription needs of its transport. */
    stream?: {
      /** Counts the stream until what it returns is called; throws where the caller or the process has too many. */
      open(): () => void
      /** Ends it at once: its reader does not keep up. */
      cut(): void
      /** Ends it so that its reader comes again; without it, an `AbortError` of the stream does. */
      comeAgain?(): void
    }
    /** Called after each call that succeeds, for the log: the line of a request names its calls. */
    onCall?(call: CallRecord): void
    /** Only where calls are measured. */
    meter?: CallMeter | undefined
    /** Takes `cost` from the caller's allowance, or from the named one; throws `request/rate-limited` when it is used up. */
    charge(cost: number, allowance?: Allowance): Promise<void>
  }

type WithCookies = Pick<RequestCtx, 'cookies'>

const names: readonly GrantName[] = ['session', 'second-factor', 'identity', 'device', 'sign-up']

/** What the request brings of earlier grants: its cookies. */
export const kept = ({ cookies }: WithCookies): Kept =>
  Object.fromEntries(names.map((name) => [name, cookies.get(name)]))

/** Turns what a call grants into cookies, and returns the rest. */
export async function withCookies<View>(
  { cookies }: WithCookies,
  call: Promise<Granted<View>>,
): Promise<View> {
  const { view, grant } = await call
  for (const name of names) setCookie(cookies, name, grant[name])
  if (grant.session === null) cookies.clearSiteData()
  return view
}

function setCookie(
  cookies: Cookies,
  name: GrantName,
  issued: Granted<unknown>['grant'][GrantName],
) {
  if (issued) cookies.set(name, issued.token, issued.expiresAt)
  else if (issued === null) cookies.clear(name)
}
