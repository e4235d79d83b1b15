import { registerHooks } from 'node:module'

// The whole of Galley, with tRPC's own Fastify plugin in place of our adapter.
const adapter = new URL('official-adapter.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@galley/trpc-fastify' && context.parentURL !== adapter
      ? { url: adapter, shortCircuit: true }
      : next(specifier, context),
})
await import('../../src/main.ts')
