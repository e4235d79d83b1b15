import { createFileRoute } from '@tanstack/react-router'
import { Section } from '../features/layout/section.tsx'
import { ProfileForm } from '../features/users/profile-form.tsx'

export const Route = createFileRoute('/settings/')({ component: Profile })

function Profile() {
  const { user } = Route.useRouteContext()
  return (
    <Section title="Profile" lead="What others see about you.">
      <div className="max-w-form">
        <ProfileForm user={user} />
      </div>
    </Section>
  )
}
