import { matrix } from '../../../platform/access/matrix.ts'
import { compareTransports } from '../../../platform/access/transports/compare.ts'

compareTransports(matrix.filter(({ procedure }) => procedure.startsWith('articles.')))
