import { runRows } from '../run-rows.ts'
import { invitations } from './invitations.ts'

runRows(invitations)
