import { articles } from '../rows/articles.ts'
import { compareTransports } from './compare.ts'

compareTransports(articles)
