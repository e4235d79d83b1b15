import { HeadContent, ScriptOnce, Scripts } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSite } from '../../../lib/site.ts'
import { themeScript } from '../../../lib/theme.ts'

/** The HTML document around every page, errors included. */
export function Document({ children }: { children: ReactNode }) {
  return (
    <html lang={useSite().language} suppressHydrationWarning>
      <head>
        <HeadContent />
        <ScriptOnce>{themeScript}</ScriptOnce>
      </head>
      <body>
        {children}
        <Scripts />
      </body>
    </html>
  )
}
