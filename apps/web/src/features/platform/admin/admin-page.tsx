import type { CurrentUser } from '@galley/contract/users'
import type { ReactNode } from 'react'
import { PageHeader } from '../layout/page-header.tsx'
import { SectionLinks } from '../layout/section-links.tsx'

/** The frame of every page for those who run the site. */
export function AdminPage({ user, children }: { user: CurrentUser; children: ReactNode }) {
  const administer = [
    { to: '/admin/jobs' as const, text: 'Jobs' },
    { to: '/admin/audit' as const, text: 'Audit log' },
  ]
  return (
    <div className="page">
      <PageHeader title="Administration" />
      <SectionLinks
        label="Administration"
        links={[
          { to: '/admin/people', text: 'People' },
          { to: '/admin/drafts', text: 'Drafts' },
          { to: '/admin/invitations', text: 'Invitations' },
          ...(user.can.administer ? administer : []),
        ]}
      />
      {children}
    </div>
  )
}
