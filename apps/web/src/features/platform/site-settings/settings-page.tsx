import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { settingsSections } from '../../../registry/settings-sections.ts'
import { LogoSection } from './logo-section.tsx'
import { MaintenanceSection } from './maintenance-section.tsx'
import { siteSettings } from './queries.ts'
import { JoinSection, LimitsSection, NameSection } from './site-sections.tsx'

/** What admins set over the environment of the server, subject by subject. */
export function SettingsPage() {
  const { data: view } = useSuspenseQuery(siteSettings(useTRPC()))
  return (
    <div className="pt-9">
      <NameSection />
      <LogoSection />
      <JoinSection />
      {settingsSections.map((Part, n) => (
        <Part key={n} />
      ))}
      <LimitsSection view={view} />
      <MaintenanceSection />
      <noscript>
        <p className="rounded-sm border border-rule bg-sunken px-4 py-3 text-sm">
          Changing settings needs JavaScript, but for maintenance.
        </p>
      </noscript>
    </div>
  )
}
