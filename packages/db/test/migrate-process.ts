// Started by tests as a process of its own, to be killed while it migrates.
import { migrate } from '../src/migrate.ts'

const [, , url = '', migrationsFolder = ''] = process.argv
await migrate(url, { migrationsFolder })
