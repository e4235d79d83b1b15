import { runRows } from '../run-rows.ts'
import { rows } from './responses.ts'

runRows(rows)
