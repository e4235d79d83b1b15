import { runRows } from '../run-rows.ts'
import { responses } from './responses.ts'

runRows(responses)
