import { runRows } from '../../../platform/access/run-rows.ts'
import { rows } from './responses.ts'

runRows(rows)
