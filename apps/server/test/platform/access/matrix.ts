import { collect } from '../../collect.ts'
import type { Row } from './row.ts'

const files = await collect<{ rows: Row[] }>('**/access/rows/*.ts')

/** Who may do what: every procedure, alone or on each kind of thing. `docs/access.md` is made of it. */
export const matrix: Row[] = files.flatMap(({ rows }) => rows)
