import { runRows } from '../run-rows.ts'
import { rows } from './articles.ts'

runRows(rows)
