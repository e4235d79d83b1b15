import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Keeps what is compiled from now on for the next start. Where it cannot be kept, everything is compiled again. */
export function keepCompiled() {
  enableCompileCache(fileURLToPath(new URL('../../../.galley/compile-cache', import.meta.url)))
}
