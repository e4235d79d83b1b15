import cluster from 'node:cluster'
import { keepCompiled } from './compile-cache.ts'
import { readEnv } from './env.ts'
import { bootOrExit } from './lifecycle.ts'

keepCompiled()

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
