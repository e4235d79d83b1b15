import { runRows } from '../run-rows.ts'
import { users } from './users.ts'

runRows(users)
