import { expect, test } from 'vitest'
import { pageRouteOf } from '../../src/page-routes.ts'

test.for([
  ['/', '/'],
  ['/?cursor=abc', '/'],
  ['/articles/one?comments=abc', '/articles/$slug'],
  ['/authors/mira/favourites', '/authors/$username/$list'],
  ['/settings', '/settings/'],
  ['/editor/1/history', '/editor/$id/history'],
  ['/what/nobody/made', '/$'],
] as const)('%s is a page of the route %s', ([target, route]) => {
  expect(pageRouteOf(target)).toBe(route)
})
