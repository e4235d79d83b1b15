import { PLANNER_SETTINGS } from '@galley/db/client'
import { readEnv } from '../../src/env.ts'
import { serveReference } from './reference-server.ts'

// With what Galley sets for its connections: how many there are, and what the planner takes a page for.
const env = readEnv()
serveReference(env, { max: env.DATABASE_POOL_MAX, connection: PLANNER_SETTINGS })
