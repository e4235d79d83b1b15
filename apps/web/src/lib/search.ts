/** Search parameters as plain strings: what is in the address is what a page gets, never parsed as JSON. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value)
  }
  const text = params.toString()
  return text && `?${text}`
}

/** The parameter of that name, undefined when absent, empty or not a text; undefined hides what the address has. */
export function textParam(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Of each of these names, likewise. */
export const textParams = <Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, string>> =>
  names.reduce<Partial<Record<Name, string>>>(
    (params, name) => ({ ...params, [name]: textParam(search, name) }),
    {},
  )

/** The address of a paged list: the `cursor` of its page, none on the first. */
export const cursorSearch = (search: Record<string, unknown>): { cursor?: string } => ({
  cursor: textParam(search, 'cursor'),
})

/** Whether the address has a list that goes by time turned round. */
export const oldestFirst = (search: Record<string, unknown>) =>
  search['sort'] === 'oldest' ? 'oldest' : undefined

/** The same of a list that goes by the last change. */
export const leastRecentFirst = (search: Record<string, unknown>) =>
  search['sort'] === '-updated' ? '-updated' : undefined

/** The value if it is one of the choices, else undefined. */
export const oneOf = <Choice extends string>(choices: readonly Choice[], value: unknown) =>
  choices.find((choice) => choice === value)
