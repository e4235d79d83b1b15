import { runRows } from '../../../platform/access/run-rows.ts'
import { rows } from './authorship.ts'

runRows(rows)
