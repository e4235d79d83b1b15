import { createFileRoute, linkOptions, notFound, Outlet } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { SectionLinks } from '../features/platform/layout/section.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { failureHead, pageHead } from '../lib/head.ts'
import { adminLinks } from '../registry/navigation.ts'

export const Route = createFileRoute('/admin')({
  beforeLoad: async (at) => {
    const { user } = await requireUser(at)
    if (!user.can.manageUsers) throw notFound()
    return { user }
  },
  // Its head is made for those as well to whom `beforeLoad` shows that there is nothing here.
  head: ({ match }) =>
    'user' in match.context
      ? pageHead(match.context.site, { title: 'Administration', hidden: true })
      : failureHead({ match }),
  component: Admin,
})

/** The frame of every page for those who run the site. */
function Admin() {
  const { user } = Route.useRouteContext()
  const administer = [
    { text: 'Media', link: linkOptions({ to: '/admin/media' }) },
    { text: 'Health', link: linkOptions({ to: '/admin/health' }) },
    { text: 'Jobs', link: linkOptions({ to: '/admin/jobs' }) },
    { text: 'Audit log', link: linkOptions({ to: '/admin/audit' }) },
    { text: 'Settings', link: linkOptions({ to: '/admin/settings' }) },
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
      <Outlet />
    </div>
  )
}
