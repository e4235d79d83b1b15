import { runRows } from '../run-rows.ts'
import { rows } from './operations.ts'

runRows(rows)
