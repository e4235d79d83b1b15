import { runRows } from '../../../platform/access/run-rows.ts'
import { rows } from './article-states.ts'

runRows(rows)
