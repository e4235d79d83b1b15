import { stringifySearch } from './lib/search.ts'
import { routes, splitTarget } from './page-routes.ts'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The same for everybody who is signed out; of the query it shows nothing but what its `validateSearch` returns. */
    isPublicPage?: true
    /** Of the pages of its list none but the first: few ask for the others. */
    isPublicOnFirstPage?: true
  }
}

/** Longer than any that is linked: a cursor has some 100 characters. */
const MAX_LENGTH = 400

/**
 * The address of the public page that a request target asks for, without the parameters that its route does not know.
 * Undefined where there is none, and where the address is not written as links are: one page would be many in a cache.
 */
export function publicAddressOf(target: string): string | undefined {
  if (target.length > MAX_LENGTH) return undefined
  const { pathname, search } = splitTarget(target)
  if (!pathname.split('/').every(isAsLinked)) return undefined
  const [, params, route] = routes.getMatchedRoutes(pathname)
  if (!route?.options.staticData?.isPublicPage || params['**'] !== undefined) return undefined
  if (search === '') return pathname

  const given = [...new URLSearchParams(search)]
  const names = given.map(([name]) => name)
  // Who comes back from a provider with a problem reads of it on every page.
  if (names.includes('problem')) return undefined
  const { validateSearch, staticData } = route.options
  if (staticData?.isPublicOnFirstPage && names.includes('cursor')) return undefined
  const known: Record<string, unknown> =
    typeof validateSearch === 'function' ? validateSearch(Object.fromEntries(given)) : {}
  const isPlain = Object.entries(known).every(([name, value]) => {
    const values = given.filter(([other]) => other === name).map(([, text]) => text)
    return values.length === 0 || (values.length === 1 && values[0] === value)
  })
  return isPlain ? `${pathname}${stringifySearch(known)}` : undefined
}

/** Whether a segment is encoded as it need be and no more, and could be a name. */
function isAsLinked(segment: string) {
  try {
    const text = decodeURIComponent(segment)
    return encodeURIComponent(text) === segment && !/[/\\\p{Cc}]/u.test(text)
  } catch {
    return false
  }
}
