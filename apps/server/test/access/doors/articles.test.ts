import { articles } from '../rows/articles.ts'
import { runDoors } from './run-doors.ts'

runDoors(articles)
