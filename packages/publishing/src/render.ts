import type { ComparedText, Rendered, RenderOptions } from '@galley/markdown/renderer'
import type { Ctx } from './ctx.ts'
import { AppError, toAppError } from '@galley/platform/errors'
import { sql, type SQLWrapper } from 'drizzle-orm'

/** Renders on behalf of the caller: within their share of the renderer, and for as long as they wait. */
export function render(
  ctx: Ctx,
  markdown: string,
  options: Pick<RenderOptions, 'profile' | 'pictures' | 'people' | 'idScope'> = {},
): Promise<Rendered> {
  return ctx.markdown.render(markdown, { ...options, holder: holderOf(ctx), signal: ctx.signal })
}

/** What differs between two texts, likewise. */
export const compareTexts = (ctx: Ctx, before: ComparedText, after: ComparedText) =>
  ctx.markdown.compare(before, after, { holder: holderOf(ctx), signal: ctx.signal })

/**
 * For reading: who reads is not to blame for a text that cannot be rendered again now. Null where `storedHtml`, which an
 * older renderer made, is to be shown; throws `server/unavailable` where there is none.
 */
export async function renderedOrStored<Result>(
  ctx: Ctx,
  storedHtml: string,
  rendering: Promise<Result>,
): Promise<Result | null> {
  try {
    return await rendering
  } catch (error) {
    const { reason } = toAppError(error)
    if (reason !== 'markdown/too-complex' && reason !== 'server/unavailable') throw error
    if (storedHtml === '')
      throw new AppError('server/unavailable', { cause: error, retryAfterSeconds: 1 })
    ctx.log.warn({ err: error }, 'a text keeps the HTML of an older renderer')
    return null
  }
}

/**
 * What stands for the renderer of a text that shows something that has changed: no renderer, and each time another one, so that
 * who renders it at this moment does not store what they have seen before.
 */
export const outdated = (renderVersion: SQLWrapper) => sql`least(${renderVersion}, 0) - 1`

type Batches<Row extends { id: string }> = {
  /** The next rows in order of their ids: all of them after `id`, or from the first. */
  listAfter(id: string | undefined): Promise<Row[]>
  render(row: Row): Promise<unknown>
  onBatch(count: number): Promise<void>
}

/** Renders row after row, batch by batch; one that cannot be rendered is left as it is. */
export async function renderEach<Row extends { id: string }>(
  ctx: Ctx,
  { listAfter, render: renderRow, onBatch }: Batches<Row>,
): Promise<void> {
  for (let after: string | undefined; ;) {
    const rows = await listAfter(after)
    for (const row of rows) {
      await renderRow(row).catch((error: unknown) => {
        // A job that finds the renderer busy is tried again, and goes on where it stopped.
        if (toAppError(error).reason === 'server/unavailable') throw error
        ctx.log.warn({ err: error, id: row.id }, 'a text could not be rendered again')
      })
    }
    after = rows.at(-1)?.id
    if (after === undefined) return
    await onBatch(rows.length)
  }
}

function holderOf({ actor, client }: Ctx): string {
  return actor.kind === 'user' ? actor.user.id : `${actor.kind} ${client.ip}`
}
