import { writeFileSync } from 'node:fs'
import { accessDocument, documentPath } from './doc.ts'

writeFileSync(documentPath, accessDocument())
