import { readEnv } from '../../src/env.ts'
import { serveReference } from './reference-server.ts'

// The driver as it comes.
serveReference(readEnv(), {})
