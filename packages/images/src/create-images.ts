import { createChild } from './child.ts'
import type { FileInfo, Images, Variants } from './images.ts'

type Options = {
  /** A process without work ends after so long: 10,000. */
  idleMs?: number
  /** For a look at one file: 15,000. */
  inspectMs?: number
  /** For all copies of one picture: 180,000. */
  variantsMs?: number
}

/** One process looks at files, another makes copies, so that nobody who uploads waits for the copies of others. */
export function createImages(options: Options = {}): Images {
  const { idleMs = 10_000, inspectMs = 15_000, variantsMs = 180_000 } = options
  const inspector = createChild({ idleMs, timeLimitMs: inspectMs })
  const maker = createChild({ idleMs, timeLimitMs: variantsMs })
  return {
    inspect: (file, { declaredMime, signal } = {}) =>
      inspector.run<FileInfo>({ verb: 'inspect', file, declaredMime }, { signal }),
    makeVariants: (file, { folder, onProgress, signal }) =>
      maker.run<Variants>({ verb: 'make-variants', file, folder }, { onProgress, signal }),
    async [Symbol.asyncDispose]() {
      await Promise.all([inspector.close(), maker.close()])
    },
  }
}
