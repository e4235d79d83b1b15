import { runRows } from '../run-rows.ts'
import { account } from './account.ts'

runRows(account)
