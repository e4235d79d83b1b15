import { type AnyRoute, createRouter } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from './lib/search.ts'
import { routeTree } from './routeTree.gen.ts'

const tree: AnyRoute = routeTree

/** Knows the routes; it renders nothing. */
export const routes = createRouter({ routeTree: tree, parseSearch, stringifySearch })

/** The route of the page that a request target asks for, as it is declared: `/articles/$slug`. */
export function pageRouteOf(target: string): string | undefined {
  const { pathname } = splitTarget(target)
  const [, , route] = routes.getMatchedRoutes(pathname)
  return route?.fullPath
}

export function splitTarget(target: string) {
  const at = target.indexOf('?')
  if (at === -1) return { pathname: target, search: '' }
  return { pathname: target.slice(0, at), search: target.slice(at + 1) }
}
