import { matrix } from '../matrix.ts'
import { articles } from '../rows/articles.ts'
import { runDoors } from './run-doors.ts'

runDoors(matrix.filter((row) => !articles.includes(row)))
