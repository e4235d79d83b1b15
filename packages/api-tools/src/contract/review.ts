import { brokenSubjects, printJson, toLines } from './change.ts'
import { compareContracts } from './compare-contracts.ts'
import { type Contract, type Surface, versionModule } from './contract.ts'
import { hashOf } from './surface.ts'

/** The generated files, as texts. */
type ContractFiles = { contract: string; version: string }

export type Review = {
  /** What changed, one line a change. */
  lines: string[]
  /** What stands in the way of a commit. */
  problems: string[]
}

/** The code against the committed contract, and that against the document of breaking changes. */
export function reviewContract(
  surface: Surface,
  committed: Contract,
  files: ContractFiles,
  document: string,
): Review {
  const expected = toFiles({ ...committed, ...surface })
  const isStale = expected.contract !== files.contract || expected.version !== files.version
  return {
    lines: toLines(compareContracts(committed, surface)),
    problems: [
      ...(isStale ? ['contract.json is older than the code: run pnpm contract --write'] : []),
      ...missingEntries(committed, document),
    ],
  }
}

/** The contract against that of an earlier commit: what broke since has its number and its entries. */
export function reviewSince(earlier: Contract, now: Contract, document: string): Review {
  const changes = compareContracts(earlier, now)
  const broken = brokenSubjects(changes)
  const [from, to] = [earlier.version.major, now.version.major]
  const isMeant = (major: number) => major > from && major <= to
  const missing = unnamed(broken, readEntries(document), isMeant)
  const isHidden = broken.length > 0 && to <= from
  return {
    lines: toLines(changes),
    problems: isHidden
      ? [`contract.json breaks version ${from} and is not a later one: ${broken.join(', ')}`]
      : missing.map((subject) => wanted(to, subject)),
  }
}

/**
 * The next contract. A breaking change makes a new major version, unless the last one has no entry yet: that one is
 * still being made.
 */
export function nextContract(surface: Surface, committed: Contract, document: string): Contract {
  const broken = brokenSubjects(compareContracts(committed, surface))
  const { breaking } = committed
  const last = committed.version.major
  const isOpen = last > 1 && !isDescribed(last, readEntries(document))
  const major = broken.length > 0 && !isOpen ? last + 1 : last
  const subjects = [...new Set([...(breaking[major] ?? []), ...broken])].toSorted()
  return {
    version: { major, hash: hashOf(surface) },
    breaking: subjects.length > 0 ? { ...breaking, [major]: subjects } : breaking,
    ...surface,
  }
}

const isDescribed = (major: number, entries: Entry[]) =>
  entries.some((entry) => entry.major === major)

/** Where nothing is committed yet. */
export const firstContract = (surface: Surface): Contract => ({
  version: { major: 1, hash: hashOf(surface) },
  breaking: {},
  ...surface,
})

export function toFiles({ version: { major }, breaking, ...rest }: Contract): ContractFiles {
  const version = { major, hash: hashOf(rest) }
  return { contract: printJson({ version, breaking, ...rest }), version: versionModule(version) }
}

function missingEntries({ breaking }: Contract, document: string) {
  const entries = readEntries(document)
  return Object.entries(breaking).flatMap(([major, subjects]) =>
    unnamed(subjects, entries, (other) => other === Number(major)).map((subject) =>
      wanted(Number(major), subject),
    ),
  )
}

const wanted = (major: number, subject: string) =>
  `docs/api-changes.md has no entry of version ${major} that names \`${subject}\``

/** One heading of `docs/api-changes.md` and what stands below it. */
type Entry = { major: number; names: Set<string> }

/** Reads headings such as `## 2 · 2027-01-31 · Articles lose their cover`; names stand in backquotes. */
export function readEntries(markdown: string): Entry[] {
  const sections = markdown.split(/^## /m).slice(1)
  return sections.flatMap((section) => {
    const major = section.match(/^(\d+) · \d{4}-\d{2}-\d{2} · \S/)?.[1]
    if (major === undefined) return []
    const names = [...section.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name ?? '')
    return [{ major: Number(major), names: new Set(names) }]
  })
}

/** Of the subjects of a breaking change those that no entry of these major versions names. */
function unnamed(subjects: string[], entries: Entry[], isMeant: (major: number) => boolean) {
  const meant = entries.filter(({ major }) => isMeant(major))
  const isNamed = (subject: string) =>
    meant.some(({ names }) => names.has(subject) || names.has(subject.replace(/\.\w+$/, '.*')))
  return subjects.filter((subject) => !isNamed(subject))
}
