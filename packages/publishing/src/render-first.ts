import type { MarkdownRenderer, Rendered } from '@galley/markdown/renderer'
import type { Ctx } from './ctx.ts'

/**
 * Runs `work` with a renderer that has its results ready: work that asks for one that is not is given up, by an error
 * that it must let through, and runs again from its beginning once that is rendered.
 */
export async function renderFirst<Result>(
  ctx: Ctx,
  work: (ready: Ctx) => Promise<Result>,
): Promise<Result> {
  const renderer = ctx.markdown
  const rendered = new Map<string, Rendered>()
  for (;;) {
    let missing: Parameters<MarkdownRenderer['render']> | undefined
    const ready: MarkdownRenderer = {
      ...renderer,
      async render(...wanted) {
        const known = rendered.get(keyOf(wanted))
        if (known) return known
        missing = wanted
        throw new Error('This text is to be rendered first')
      },
    }
    try {
      return await work({ ...ctx, markdown: ready })
    } catch (error) {
      if (!missing) throw error
    }
    rendered.set(keyOf(missing), await renderer.render(...missing))
  }
}

const keyOf = ([markdown, { profile, pictures, people }]: Parameters<MarkdownRenderer['render']>) =>
  `${profile ?? ''} ${JSON.stringify([pictures ?? {}, people ?? {}])} ${markdown}`
