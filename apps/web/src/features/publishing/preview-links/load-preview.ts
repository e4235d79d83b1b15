import { notFound, redirect } from '@tanstack/react-router'
import { createIsomorphicFn } from '@tanstack/react-start'
import { setResponseHeaders } from '@tanstack/react-start/server'
import { loadPage } from '../../../lib/page-error.ts'
import type { RouterContext } from '../../../lib/router-context.ts'

/** The address is a secret: nothing keeps its page, found or not, and no other site is told of it. */
const keepSecret = createIsomorphicFn()
  .client(() => undefined)
  .server(() =>
    setResponseHeaders(
      new Headers({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      }),
    ),
  )

/** Each visit asks again: what is shown is the text of this moment, and the link may have been revoked. */
export const previewOf = ({ trpc }: Pick<RouterContext, 'trpc'>, token: string) =>
  trpc.previewLinks.read.queryOptions({ token }, { staleTime: 0, gcTime: 0 })

/** Loads what a preview link shows, and returns its token; of an article that is out, goes on to its page. */
export async function loadPreview(
  context: RouterContext,
  token: string | undefined,
): Promise<string> {
  keepSecret()
  if (token === undefined) throw notFound()
  const { slug } = await loadPage(context.queryClient.fetchQuery(previewOf(context, token)))
  if (slug !== null) throw redirect({ to: '/articles/$slug', params: { slug } })
  return token
}
