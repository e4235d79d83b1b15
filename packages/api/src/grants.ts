import type { Granted, GrantName, Kept } from '@galley/platform/grant'
import type { Cookies, RequestCtx } from './ctx.ts'

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
