import { runRows } from '../run-rows.ts'
import { operations } from './operations.ts'

runRows(operations)
