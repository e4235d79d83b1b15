import { runRows } from '../../../platform/access/run-rows.ts'
import { rows } from './live.ts'

runRows(rows)
