import { readEnv } from '../../src/env.ts'
import { createReferenceQueries } from '../publishing/reference-queries.ts'
import { serveReference } from './reference-server.ts'

// With the driver's defaults.
const { DATABASE_URL, PORT } = readEnv()
serveReference(PORT, createReferenceQueries(DATABASE_URL, {}))
