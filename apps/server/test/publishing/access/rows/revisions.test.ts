import { runRows } from '../../../platform/access/run-rows.ts'
import { rows } from './revisions.ts'

runRows(rows)
