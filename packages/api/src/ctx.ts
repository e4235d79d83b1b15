import type * as platform from '@galley/platform/ctx'
import type { PublishingDeps } from '@galley/publishing/ctx'

/** The adapters that the composition root chooses. */
export type AppDeps = platform.AppDeps & PublishingDeps

/** What every procedure gets. */
export type Ctx = platform.Ctx & PublishingDeps
