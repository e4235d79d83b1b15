/** What every procedure gets. */
export type { AppDeps, Ctx } from '@galley/publishing/ctx'
