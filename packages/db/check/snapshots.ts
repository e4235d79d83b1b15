import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { readJournal } from '../src/migrate-journal.ts'

type Snapshot = { id: string; prevId: string }

const none = '00000000-0000-0000-0000-000000000000'

/**
 * What is wrong with a folder of migrations as drizzle-kit keeps it: two of one number, a journal that does not match, snapshots that
 * do not follow each other, as after a merge of two branches that each made one. Throws where journal or snapshot cannot be read.
 */
export function chainFaults(folder: string): string[] {
  const tags = readJournal(folder).map(({ tag }) => tag)
  const snapshots = readSnapshots(folder)
  const names = tags.map((tag) => `${numberOf(tag)}_snapshot.json`)
  const odd = new Set(names).symmetricDifference(new Set(snapshots.map(({ file }) => file)))
  const twice = tags.filter((tag, index) => numberOf(tag) === numberOf(tags[index - 1] ?? ''))
  const loose = snapshots.flatMap(({ file, prevId }, index) => {
    const before = snapshots[index - 1]
    if (prevId === (before?.id ?? none)) return []
    const expected = before ? before.file : 'nothing'
    return [
      `meta/${file} does not follow ${expected}: another branch made a migration too. Take theirs, delete yours, generate it again.`,
    ]
  })
  return [
    ...twice.map(
      (tag) => `There are two migrations of the number of ${tag}. Generate the later one again.`,
    ),
    ...[...odd].map((file) => `meta/${file} has no migration, or a migration has not this file.`),
    ...loose,
  ]
}

/** The statements that would bring the tables of the last migration to those of the code: none where they agree. */
export function missingStatements(folder: string, schema: object): Promise<string[]> {
  const last = readSnapshots(folder).at(-1)
  if (!last) return Promise.resolve([])
  const { file: _, ...snapshot } = last
  return generateMigration(snapshot, generateDrizzleJson({ ...schema }, snapshot.id))
}

function readSnapshots(folder: string): (Snapshot & { file: string })[] {
  const meta = path.join(folder, 'meta')
  const files = readdirSync(meta).filter((file) => file.endsWith('_snapshot.json'))
  return files.toSorted().map((file) => {
    const text = readFileSync(path.join(meta, file), 'utf8')
    if (/^(<{7}|>{7}) /m.test(text)) throw new Error(`meta/${file} has the marks of a merge.`)
    return { ...JSON.parse(text), file }
  })
}

const numberOf = (tag: string) => tag.split('_', 1)[0] ?? ''
