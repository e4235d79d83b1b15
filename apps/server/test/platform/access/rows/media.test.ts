import { runRows } from '../run-rows.ts'
import { rows } from './media.ts'

runRows(rows)
