import { fontPreloads } from '@galley/ui/fonts'
import {
  createRootRouteWithContext,
  HeadContent,
  Outlet,
  ScriptOnce,
  Scripts,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import appCss from '../app.css?url'
import { Frame } from '../features/platform/layout/frame.tsx'
import { currentSession } from '../features/platform/sessions/current-user.ts'
import { pageHead } from '../lib/head.ts'
import { type RouterContext, useSite } from '../lib/router-context.ts'
import { themeScript } from '../lib/theme.ts'

export const Route = createRootRouteWithContext<RouterContext>()({
  // Somebody who cannot be known gets the signed-out page: this never fails.
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

/** The HTML document around every page, errors included. */
function Document({ children }: { children: ReactNode }) {
  return (
    <html lang={useSite().language} suppressHydrationWarning>
      <head>
        <HeadContent />
        <ScriptOnce>{themeScript()}</ScriptOnce>
      </head>
      <body>
        {children}
        <Scripts />
      </body>
    </html>
  )
}
