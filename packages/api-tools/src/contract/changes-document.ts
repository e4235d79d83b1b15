/** One heading of `docs/api-changes.md` and what stands below it. */
export type Entry = { major: number; names: Set<string> }

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
export function unnamed(subjects: string[], entries: Entry[], isMeant: (major: number) => boolean) {
  const meant = entries.filter(({ major }) => isMeant(major))
  const isNamed = (subject: string) =>
    meant.some(({ names }) => names.has(subject) || names.has(subject.replace(/\.\w+$/, '.*')))
  return subjects.filter((subject) => !isNamed(subject))
}
