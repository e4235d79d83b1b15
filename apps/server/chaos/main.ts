import { runTrials } from '../trials/run.ts'

/** `pnpm chaos [--short] [name ...]`: parts of a site that fail, slow down and come back, under load (docs/reliability.md). */
await runTrials({
  cases: new URL('cases/', import.meta.url),
  word: 'fault',
  limitMs: 300_000,
})
