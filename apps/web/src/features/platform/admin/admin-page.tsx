import type { CurrentUser } from '@galley/contract/platform/users'
import { linkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { adminLinks } from '../../../registry/navigation.ts'
import { PageHeader } from '../layout/page-header.tsx'
import { SectionLinks } from '../layout/section-links.tsx'

/** The frame of every page for those who run the site. */
export function AdminPage({ user, children }: { user: CurrentUser; children: ReactNode }) {
  const administer = [
    { text: 'Jobs', link: linkOptions({ to: '/admin/jobs' }) },
    { text: 'Audit log', link: linkOptions({ to: '/admin/audit' }) },
  ]
  return (
    <div className="page">
      <PageHeader title="Administration" />
      <SectionLinks
        label="Administration"
        links={[
          { text: 'People', link: linkOptions({ to: '/admin/people' }) },
          ...adminLinks(user),
          { text: 'Invitations', link: linkOptions({ to: '/admin/invitations' }) },
          ...(user.can.administer ? administer : []),
        ]}
      />
      {children}
    </div>
  )
}
