import { runRows } from '../run-rows.ts'
import { rows } from './account.ts'

runRows(rows)
