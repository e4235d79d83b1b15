import { writeFileSync } from 'node:fs'
import { accessDocument } from './doc.ts'
import { documentPath } from './document-path.ts'

writeFileSync(documentPath, accessDocument())
