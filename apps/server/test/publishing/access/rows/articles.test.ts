import { runRows } from '../../../platform/access/run-rows.ts'
import { rows } from './articles.ts'

runRows(rows)
