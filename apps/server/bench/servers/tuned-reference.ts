import { PLANNER_SETTINGS } from '@galley/db/session-settings'
import { readEnv } from '../../src/env.ts'
import { createReferenceQueries } from '../publishing/reference-queries.ts'
import { serveReference } from './reference-server.ts'

// With what Galley sets for its connections: how many there are, and what the planner takes a page for.
const { DATABASE_URL, DATABASE_POOL_MAX: max, PORT } = readEnv()
serveReference(PORT, createReferenceQueries(DATABASE_URL, { max, connection: PLANNER_SETTINGS }))
