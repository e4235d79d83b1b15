import { fontPreloads } from '@galley/ui/fonts'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import appCss from '../app.css?url'
import { Document } from '../features/platform/layout/document.tsx'
import { Frame } from '../features/platform/layout/frame.tsx'
import { currentSession } from '../features/platform/sessions/current-user.ts'
import { pageHead } from '../lib/head.ts'
import type { RouterContext } from '../lib/router-context.ts'

export const Route = createRootRouteWithContext<RouterContext>()({
  // Whoever cannot be known is shown the signed-out page: this never fails.
  loader: ({ context: { queryClient, trpc } }) => queryClient.prefetchQuery(currentSession(trpc)),
  head: ({ match }) => {
    const { meta } = pageHead(match.context.site, {})
    return {
      meta: [
        { charSet: 'utf-8' },
        { name: 'viewport', content: 'width=device-width, initial-scale=1' },
        { name: 'color-scheme', content: 'light dark' },
        ...meta,
      ],
      links: [
        ...fontPreloads,
        { rel: 'stylesheet', href: appCss },
        { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
      ],
    }
  },
  shellComponent: Document,
  component: Root,
})

function Root() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}
