import type { Rendered, RenderOptions } from '@galley/markdown/renderer'
import type { Ctx } from './ctx.ts'

/** Renders on behalf of the caller: within their share of the renderer, and for as long as they wait. */
export function render(
  ctx: Ctx,
  markdown: string,
  { profile = 'article' }: Pick<RenderOptions, 'profile'> = {},
): Promise<Rendered> {
  return ctx.markdown.render(markdown, { profile, holder: holderOf(ctx), signal: ctx.signal })
}

function holderOf({ actor, client }: Ctx): string {
  return actor.kind === 'user' ? actor.user.id : `${actor.kind} ${client.ip}`
}
