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
