import type { ComponentType } from 'react'
import { PublishingSettings } from '../features/publishing/settings/publishing-settings.tsx' // publishing

/** What other parts of the product add to the page of the site's settings. */
export const settingsSections: ComponentType[] = [
  // One line for each.
  PublishingSettings, // publishing
]
