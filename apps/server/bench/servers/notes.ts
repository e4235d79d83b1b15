import { appRouter } from '@galley/api/root'
import { mergeRouters, router } from '@galley/api/trpc'
import { readEnv } from '../../src/env.ts'
import { serve } from '../../src/serve.ts'
import { noteRouter } from '../../test/notes/router.ts'

// Galley with the neutral procedures of the tests, in one process: what is measured belongs to no part of it.
await serve(readEnv(), { router: mergeRouters(appRouter, router({ notes: noteRouter })) })
