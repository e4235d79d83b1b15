import { readEnv } from '../../src/env.ts'
import { serveReference } from './reference-server.ts'

// With the driver's defaults.
serveReference(readEnv(), {})
