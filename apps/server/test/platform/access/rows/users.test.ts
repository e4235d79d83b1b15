import { runRows } from '../run-rows.ts'
import { rows } from './users.ts'

runRows(rows)
