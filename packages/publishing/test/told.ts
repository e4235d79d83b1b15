import { readFileSync } from 'node:fs'
import { listNotifications } from '@galley/platform/notifications/list'
import { expect } from 'vitest'
import type { AuthedCtx } from '../src/ctx.ts'

const routes = readFileSync(
  new URL('../../../apps/web/src/routeTree.gen.ts', import.meta.url),
  'utf8',
)
const pages = Array.from(
  routes.matchAll(/fullPath: '(\/|\/[a-z].*)'/g),
  ([, route = '']) => new RegExp(`^${route.replaceAll(/\$\w+/g, '[^/]+')}(?:[?#]|$)`),
)

/** What this person was notified of, the newest first. Each leads to a page of the web app. */
export async function told(ctx: AuthedCtx) {
  const { items } = await listNotifications(ctx, { limit: 50 })
  const lost = items.filter(({ path }) => !pages.some((page) => page.test(path)))
  expect(lost.map(({ path }) => path)).toEqual([])
  return items.map(({ text, path }) => ({ text, path }))
}
