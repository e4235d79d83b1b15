import { createFileRoute } from '@tanstack/react-router'
import { Section } from '../features/platform/layout/section.tsx'
import { AvatarSection } from '../features/platform/users/avatar-section.tsx'
import { ProfileForm } from '../features/platform/users/profile-form.tsx'

export const Route = createFileRoute('/settings/')({ component: Profile })

function Profile() {
  const { user } = Route.useRouteContext()
  return (
    <Section title="Profile" lead="What others see about you.">
      <div className="max-w-form">
        <AvatarSection />
        <ProfileForm user={user} />
      </div>
    </Section>
  )
}
