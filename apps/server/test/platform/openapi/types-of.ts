import { registerHooks } from 'node:module'

/**
 * The types that openapi-typescript makes of the document. It prints with the compiler's own API, which TypeScript 7 does
 * not have, so it gets a 5 in its place.
 */
export async function typesOf(document: unknown): Promise<string> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const asksForIt = context.parentURL?.includes('/openapi-typescript/') ?? false
      if (specifier !== 'typescript' || !asksForIt) return next(specifier, context)
      return next('typescript-5', { ...context, parentURL: import.meta.url })
    },
  })
  try {
    const { default: toTypes, astToString } = await import('openapi-typescript')
    return astToString(await toTypes(JSON.stringify(document)))
  } finally {
    hooks.deregister()
  }
}
