import type { UnsubscribeView } from '@galley/contract/platform/notifications'
import { Button, textLinkClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { createFileRoute, Link } from '@tanstack/react-router'
import { FormPage } from '../features/platform/layout/form.tsx'
import { useLinkToken } from '../features/platform/users/link-page.tsx'
import { reasonOf } from '../lib/errors.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import type { RouterContext } from '../lib/router-context.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/unsubscribe')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  loaderDeps: ({ search: { token } }) => ({ token }),
  loader: ({ context, deps: { token } }) => loadPage(subscriptionOf(context, token)),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Unsubscribe', hidden: true, secret: true }),
  component: Unsubscribe,
})

/** Null where the link does not work. */
async function subscriptionOf(
  { queryClient, trpc }: RouterContext,
  token: string | undefined,
): Promise<UnsubscribeView | null> {
  if (token === undefined) return null
  try {
    return await queryClient.fetchQuery(trpc.notifications.subscription.queryOptions({ token }))
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === 'link/invalid' || reason === 'request/invalid') return null
    throw error
  }
}

/** The end of the way by the link in an e-mail: without a sign-in, and without any script. */
function Unsubscribe() {
  const subscription = Route.useLoaderData()
  const token = useLinkToken(Route.useSearch().token)
  return (
    <FormPage title="Unsubscribe" plain lead={subscription?.meaning}>
      {!subscription && (
        <Notice tone="warn" title="This link is incomplete. Open the one in the mail again." />
      )}
      {subscription?.subscribed === false && (
        <Notice tone="good" title="You get no more e-mails of this kind." />
      )}
      {subscription?.subscribed && (
        <form method="post" action="/forms/unsubscribe" className="flex flex-col gap-5">
          <input type="hidden" name="token" value={token} />
          <Button type="submit" className="self-start">
            Unsubscribe
          </Button>
        </form>
      )}
      <p className="text-sm text-soft">
        <Link to="/settings/notifications" className={textLinkClass}>
          Choose your notifications
        </Link>
      </p>
    </FormPage>
  )
}
