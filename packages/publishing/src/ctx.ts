import type { MarkdownRenderer } from '@galley/markdown/renderer'
import type * as platform from '@galley/platform/ctx'

/** What the publication needs besides what the platform does. */
export type PublishingDeps = { markdown: MarkdownRenderer }

export type AppDeps = platform.AppDeps & PublishingDeps
export type Ctx = platform.Ctx & PublishingDeps

/** A call by a signed-in person, or by an API client on their behalf. */
export type AuthedCtx = platform.AuthedCtx & PublishingDeps

/** A call from a signed-in person's own browser. */
export type SessionCtx = platform.SessionCtx & PublishingDeps
