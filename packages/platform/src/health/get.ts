import type { HealthCheck, HealthView, MeasuredHealth } from '@galley/contract/platform/health'
import type { AuthedCtx, Log } from '../ctx.ts'
import { type Backlog, readBacklog } from './backlog.ts'

/** What the process knows of itself and those beside it. */
export type HealthSource = {
  checks(log: Log): Promise<HealthCheck[]>
  /** Null where nothing is measured, or nobody says in time. */
  measured(): Promise<MeasuredHealth | null>
}

/** How this server does, for its admins. It answers without the database, too: what is not known is null. */
export async function getHealth(ctx: AuthedCtx): Promise<HealthView> {
  const [checks, backlog, measured] = await Promise.all([
    ctx.health.checks(ctx.log),
    readBacklog(ctx).catch(() => null),
    ctx.health.measured(),
  ])
  return {
    at: ctx.now().toISOString(),
    checks,
    backlog: backlog && toBacklogView(backlog),
    measured,
  }
}

const toBacklogView = ({ queues, ...others }: Backlog) => ({
  jobs: queues.filter(isOpen),
  ...others,
})

const isOpen = ({ waiting, active, failed }: Backlog['queues'][number]) =>
  waiting + active + failed > 0
