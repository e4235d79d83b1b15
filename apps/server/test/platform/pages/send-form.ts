import type { TestApp } from '../../app.ts'

/** The header that a browser adds to what a page of this site sends. */
export const ours = { 'sec-fetch-site': 'same-origin' }
export const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** Sends a form as a page without a script does. */
export const sendForm = (
  on: TestApp,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = ours,
) =>
  on.app.inject({
    method: 'POST',
    url: `/forms/${path}`,
    headers: { ...formType, ...headers },
    payload: new URLSearchParams(fields).toString(),
  })
