import { runRows } from '../run-rows.ts'
import { articles } from './articles.ts'

runRows(articles)
