import { readEnv } from '../../src/env.ts'
import { createConventionalQueries } from '../publishing/conventional-queries.ts'
import { serveReference } from './reference-server.ts'

const { DATABASE_URL, PORT } = readEnv()
serveReference(PORT, createConventionalQueries(DATABASE_URL))
