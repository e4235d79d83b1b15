import { runRows } from '../run-rows.ts'
import { rows } from './notifications.ts'

runRows(rows)
