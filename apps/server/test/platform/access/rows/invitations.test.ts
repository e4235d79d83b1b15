import { runRows } from '../run-rows.ts'
import { rows } from './invitations.ts'

runRows(rows)
