import { useQuery } from '@tanstack/react-query'
import { linkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTRPC } from '../../../lib/trpc.ts'
import { myIdentities, signInProviders } from '../identities/queries.ts'
import { PageHeader } from '../layout/page-header.tsx'
import { SectionLinks } from '../layout/section-links.tsx'

/** The frame of every settings page. */
export function SettingsPage({ email, children }: { email: string; children: ReactNode }) {
  const connectable = useConnectable()
  return (
    <div className="page max-w-[60rem]">
      <PageHeader title="Settings">
        <p className="text-sm wrap-anywhere text-soft">Signed in as {email}</p>
      </PageHeader>
      <SectionLinks
        label="Settings"
        links={[
          {
            text: 'Profile',
            link: linkOptions({ to: '/settings', activeOptions: { exact: true } }),
          },
          { text: 'Account', link: linkOptions({ to: '/settings/account' }) },
          { text: 'Security', link: linkOptions({ to: '/settings/security' }) },
          ...(connectable
            ? [{ text: 'Connections', link: linkOptions({ to: '/settings/connections' }) }]
            : []),
          { text: 'Tokens', link: linkOptions({ to: '/settings/tokens' }) },
          { text: 'Activity', link: linkOptions({ to: '/settings/activity' }) },
        ]}
      />
      <div className="pt-9">{children}</div>
      <noscript>
        <p className="rounded-sm border border-rule bg-sunken px-4 py-3 text-sm">
          Changing settings needs JavaScript. Reading works without it.
        </p>
      </noscript>
    </div>
  )
}

/** Whether there is an account elsewhere to connect or to disconnect. */
function useConnectable() {
  const trpc = useTRPC()
  const providers = useQuery(signInProviders(trpc)).data?.items ?? []
  const identities = useQuery(myIdentities(trpc)).data?.items ?? []
  return providers.length + identities.length > 0
}
