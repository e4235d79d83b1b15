// In every file of tests of the server, what the programs wrote that it started is searched for secrets.
import { afterAll } from 'vitest'
import { expectKeptByPrograms } from './program-canaries.ts'

// The hook that is registered first runs last.
afterAll(() => expectKeptByPrograms())
