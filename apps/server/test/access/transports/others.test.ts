import { matrix } from '../matrix.ts'
import { articles } from '../rows/articles.ts'
import { compareTransports } from './compare.ts'

compareTransports(matrix.filter((row) => !articles.includes(row)))
