import { createFileRoute } from '@tanstack/react-router'
import { FormPage } from '../features/layout/form-page.tsx'
import { requireUser } from '../features/sessions/current-user.ts'
import { ProfileForm } from '../features/users/profile-form.tsx'
import { pageHead } from '../lib/head.ts'

export const Route = createFileRoute('/settings')({
  beforeLoad: requireUser,
  head: () => pageHead({ title: 'Settings', hidden: true }),
  component: Settings,
})

function Settings() {
  const { user } = Route.useRouteContext()
  return (
    <FormPage title="Settings" lead={`Signed in as ${user.email}`}>
      <ProfileForm user={user} />
    </FormPage>
  )
}
