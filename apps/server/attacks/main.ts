import { runTrials } from '../trials/run.ts'

/** `pnpm attack [--short] [name ...]`: what once stopped or slowed a server, tried on the production build. CI runs `--short`. */
await runTrials({
  cases: new URL('cases/', import.meta.url),
  word: 'attack',
  limitMs: 120_000,
})
