import type { CurrentUser } from '@galley/contract/platform/users'
import type { AnyRoute, LinkProps } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import { publishingNavigation } from '../features/publishing/navigation.ts'

export type NavigationLink = { text: string; link: LinkProps; Icon?: LucideIcon }

/** What one part of the product adds to the frame around every page. */
export type Navigation = {
  /** In the masthead, before its links: a search of what this part holds. */
  Search?: ComponentType
  /** In the masthead; null is a visitor who is not signed in. */
  main?: (user: CurrentUser | null) => NavigationLink[]
  /** In the menu of the signed-in person, above the settings. */
  account?: (user: CurrentUser) => NavigationLink[]
  /** Pages of the administration. */
  admin?: (user: CurrentUser) => NavigationLink[]
  /** Where to go on from an address at which there is nothing. */
  notFound?: NavigationLink[]
  /** What the link to the home page says there. */
  home?: string
  /** The public page of a person, for lists of people. */
  profile?: (username: string) => LinkProps
}

const parts: Navigation[] = [
  // One line for each.
  publishingNavigation,
]

export const mainLinks = (user: CurrentUser | null) =>
  parts.flatMap(({ main }) => main?.(user) ?? [])

export const searches = parts.flatMap(({ Search }) => (Search ? [Search] : []))

export const accountLinks = (user: CurrentUser) =>
  parts.flatMap(({ account }) => account?.(user) ?? [])

/** In the same menu: pages of everybody's own that name their link themselves, by `staticData`. */
export const linksOfRoutes = (routes: AnyRoute[]): NavigationLink[] =>
  routes.flatMap(({ options, to }) => {
    const text = options.staticData?.accountLink
    return text === undefined ? [] : [{ text, link: { to } }]
  })

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the link to this page says in the menu of the signed-in person. */
    accountLink?: string
  }
}

export const adminLinks = (user: CurrentUser) => parts.flatMap(({ admin }) => admin?.(user) ?? [])

export const notFoundLinks = (): NavigationLink[] => [
  { text: parts.find(({ home }) => home)?.home ?? 'Go to the home page', link: { to: '/' } },
  ...parts.flatMap(({ notFound }) => notFound ?? []),
]

/** Undefined where people have no page of their own. */
export const profileLink = (username: string): LinkProps | undefined =>
  parts.find(({ profile }) => profile)?.profile?.(username)
