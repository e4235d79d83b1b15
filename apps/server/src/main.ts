import cluster from 'node:cluster'
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { readEnv } from './env.ts'
import { bootOrExit } from './lifecycle.ts'

// What the last start compiled. Where it cannot be kept, everything is compiled again.
enableCompileCache(fileURLToPath(new URL('../../../.galley/compile-cache', import.meta.url)))

// `pnpm start`: one process that serves, or one that watches over several. Each loads only what it needs.
await bootOrExit(async () => {
  const env = readEnv()
  if (cluster.isPrimary && env.WEB_CONCURRENCY > 1) {
    const { runCluster } = await import('./cluster.ts')
    await runCluster(env)
  } else {
    const { serve } = await import('./serve.ts')
    await serve(env)
  }
})
