import { z } from 'zod'
import { platformSettings } from './platform/settings.ts'
import { Id, SeenVersion, Timestamp } from './primitives.ts'
import { publishingSettings } from './publishing/settings.ts' // publishing

const settings = {
  ...platformSettings,
  ...publishingSettings, // publishing
}

/** What holds for the site. */
export const Settings = z.object(settings)
export type Settings = z.output<typeof Settings>

/** The settings for those who change them. */
export const SettingsView = z.object({
  /** Of the settings as a whole: a change names the one that it was made from. */
  version: z.int(),
  settings: Settings,
  /** What holds where nothing is set. Of limits of uploads it is the most that can be set, too. */
  defaults: Settings,
  /** The picture beside the name; everybody can see it. */
  logoMediaId: Id.nullable(),
  logoUrl: z.string().nullable(),
  /** Since when only admins are served; null while everybody is. */
  maintenanceSince: Timestamp.nullable(),
})
export type SettingsView = z.output<typeof SettingsView>

/** Changes the given settings; null gives back the default. */
export const UpdateSettings = z.strictObject({
  version: SeenVersion,
  ...optional(settings),
  /** A picture of one's own that is ready; null takes it away. */
  logoMediaId: Id.nullable().optional(),
})
export type UpdateSettings = z.output<typeof UpdateSettings>

export const SetMaintenance = z.strictObject({ on: z.boolean() })
export type SetMaintenance = z.output<typeof SetMaintenance>

type Optional<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>>
}

function optional<Shape extends z.ZodRawShape>(shape: Shape) {
  const fields = Object.entries(shape).map(([name, schema]) => [name, z.nullish(schema)])
  return Object.fromEntries(fields) as Optional<Shape> // each field of it
}
