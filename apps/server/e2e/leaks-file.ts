import { fileURLToPath } from 'node:url'

/** Where a run's servers say what secrets they wrote, for the reporter of the run (`playwright.config.ts`). */
export const leaksFile = (run: string) =>
  fileURLToPath(new URL(`../.reports/${run}-leaks.txt`, import.meta.url))
