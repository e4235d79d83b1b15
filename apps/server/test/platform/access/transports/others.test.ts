import { matrix } from '../matrix.ts'
import { compareTransports } from './compare.ts'

compareTransports(matrix.filter(({ procedure }) => !procedure.startsWith('articles.')))
