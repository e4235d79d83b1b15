import type { AccountAction } from '@galley/contract/platform/audit-actions'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { mySecurityEvents } from '../features/platform/audit/audit-queries.ts'
import { Pager } from '../features/platform/layout/pager.tsx'
import { Section } from '../features/platform/layout/section.tsx'
import { Moment } from '../features/platform/layout/time.tsx'
import { deviceName } from '../features/platform/sessions/device-name.ts'
import { Row } from '../features/platform/settings/row.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/settings/activity')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(mySecurityEvents(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Activity', hidden: true }),
  component: Activity,
})

/** What happened to the person's own account, last first. */
function Activity() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(mySecurityEvents(useTRPC(), cursor))
  return (
    <Section
      title="Activity"
      lead="What happened to your account. Change your password if something here was not you."
    >
      {data.items.length === 0 ? (
        <p className="text-sm text-soft">Nothing has been recorded yet.</p>
      ) : (
        <ul>
          {data.items.map(({ id, at, action, ip, userAgent }) => (
            <Row
              key={id}
              title={actionWords(action)}
              details={
                <>
                  <Moment timestamp={at} />
                  {ip && <span>From {ip}</span>}
                  <span title={userAgent}>{deviceName(userAgent)}</span>
                </>
              }
            />
          ))}
        </ul>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </Section>
  )
}

/** What happened to an account, in words; an action without any stands as it is. */
const actionWords = (action: string): string =>
  new Map<string, string>(Object.entries(words)).get(action) ?? action

const words: Record<AccountAction, string> = {
  'session.created': 'Signed in',
  'session.refused': 'A sign-in was refused',
  'session.deleted': 'Signed out',
  'session.revoked': 'A device was signed out',
  'session.others-revoked': 'All other devices were signed out',
  'second-factor.refused': 'A wrong code was given',
  'session.step-up-refused': 'A confirmation of who you are was refused',
  'second-factor.turned-on': 'The second factor was turned on',
  'second-factor.reset': 'The site took the lost second factor away',
  'second-factor.turned-off': 'The second factor was turned off',
  'recovery-codes.replaced': 'New recovery codes were made',
  'recovery-code.used': 'A recovery code was used',
  'passkey.created': 'A passkey was added',
  'passkey.deleted': 'A passkey was deleted',
  'identity.connected': 'An account elsewhere was connected',
  'identity.disconnected': 'An account elsewhere was disconnected',
  'token.created': 'A token was created',
  'token.deleted': 'A token was deleted',
  'program.signed-in': 'An API client signed in',
  'program.signed-out': 'An API client signed out',
  'program.token-reused': 'A used token was shown again; the program was signed out',
  'user.created': 'The account was created by the site',
  'user.signed-up': 'The account was created',
  'user.sign-up-refused': 'Somebody tried to sign up with your address',
  'user.verification-requested': 'A new confirmation link was asked for',
  'user.email-verified': 'The e-mail address was confirmed',
  'user.email-change-requested': 'A change of e-mail address was asked for',
  'user.email-changed': 'The e-mail address was changed',
  'user.reset-requested': 'A password reset was asked for',
  'user.password-set': 'A password was set',
  'user.password-changed': 'The password was changed',
  'user.password-reset': 'The password was reset',
  'user.credentials-reviewed': 'Passkeys and connected accounts were kept after a reset',
  'user.role-changed': 'The role was changed',
  'user.suspended': 'The account was suspended',
  'user.restored': 'The account was restored',
  'user.sessions-revoked': 'All devices were signed out by the site',
}
