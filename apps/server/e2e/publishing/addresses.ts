import { globSync } from 'node:fs'
import { type APIRequestContext, expect } from '@playwright/test'

/** Calls a procedure and returns what it returns. */
export type Call = (
  path: string,
  data: object,
) => Promise<{ id: string; slug: string; url?: string }>

/** The addresses that stand for the routes of a slice, once it holds the longest that it takes. */
export type Addresses = (page: {
  call: Call
  word: typeof word
}) => Promise<Record<string, string | string[]>>

/** One word of up to 390 letters. */
export const word = (length: number) =>
  'Rechtsschutzversicherungsgesellschaften'.repeat(10).slice(0, length)

/** Calls the API as the page's person would. */
export function callerOf(request: APIRequestContext, origin: string): Call {
  return async (path, data) => {
    const response = await request.post(`/trpc/${path}`, { data, headers: { origin } })
    const { result, error } = await response.json()
    expect(error, path).toBeUndefined()
    return result.data
  }
}

/** What the files of `addresses/` return, one for each slice that has one. */
export async function addressesOfSlices(call: Call) {
  const all: Awaited<ReturnType<Addresses>> = {}
  for (const file of globSync('addresses/*.ts', { cwd: import.meta.dirname })) {
    const { addresses }: { addresses: Addresses } = await import(`./${file}`)
    Object.assign(all, await addresses({ call, word }))
  }
  return all
}

type Known = { username: string; slug: string; id: string; tag: string }

/** The addresses that stand for each route but those of slices, with what is longest in it. */
export const addressesOf = (at: Known) => ({
  '/': '/',
  '/$': `/${word(200)}`,
  '/admin': '/admin',
  '/admin/audit': '/admin/audit',
  '/admin/health': '/admin/health',
  '/admin/invitations': '/admin/invitations',
  '/admin/jobs': '/admin/jobs',
  '/admin/media': '/admin/media',
  '/admin/settings': '/admin/settings',
  '/admin/people': `/admin/people?query=${at.username}`,
  '/articles/$slug': `/articles/${at.slug}`,
  '/authors/$username': `/authors/${at.username}`,
  '/confirm-email': '/confirm-email?token=a',
  '/editor/$id': `/editor/${at.id}`,
  '/editor/$id/history': `/editor/${at.id}/history`,
  '/feed': '/feed',
  '/forgot-password': '/forgot-password',
  '/invitation': '/invitation?token=a',
  '/me/media': '/me/media?query=a',
  '/me/articles': ['published', 'in_review', 'trash', 'invitations'].map(
    (show) => `/me/articles?show=${show}`,
  ),
  '/reset-password': '/reset-password?token=a',
  '/settings': '/settings',
  '/settings/account': '/settings/account',
  '/settings/activity': '/settings/activity',
  '/settings/connections': '/settings/connections',
  '/settings/security': '/settings/security',
  '/admin/drafts': '/admin/drafts',
  '/me/favourites': '/me/favourites',
  '/authors/$username/$list': [
    `/authors/${at.username}/followers`,
    `/authors/${at.username}/following`,
  ],
  '/sign-in': '/sign-in?problem=identity/denied',
  '/sign-in/second-factor': '/sign-in/second-factor',
  '/sign-up': '/sign-up',
  '/tags': '/tags',
  '/tags/$slug': `/tags/${at.tag}`,
  '/verify-email': '/verify-email?token=a',
})
