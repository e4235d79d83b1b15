import { writeFileSync } from 'node:fs'
import { appRouter } from '@galley/api/root'
import { routerFile } from './router-file.ts'

/** Writes `src/api.gen.ts`; a test fails while it is not what this would write. */
writeFileSync(new URL('../src/api.gen.ts', import.meta.url), await routerFile(appRouter))
