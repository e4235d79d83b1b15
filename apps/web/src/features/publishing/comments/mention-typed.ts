/** `@` and the beginning of a name in a text, from one place in it to the caret. */
export type MentionTyped = { text: string; start: number; end: number }

/** The beginning of a mention that ends at the caret; of the name that is shown, or of the username. */
export function typedMention(value: string, caret: number): MentionTyped | undefined {
  const line = value.slice(Math.max(0, caret - 40), caret)
  const match = /(?:^|[^\p{L}\p{N}_@/.-])@([\p{L}\p{N}-]{0,30})$/u.exec(line)
  const text = match?.[1]
  return text === undefined ? undefined : { text, start: caret - text.length - 1, end: caret }
}

type Person = { username: string; displayName: string }

const MOST = 6

/** Those of `first` who fit what is typed, then those who were found: each once, and not the person who types. */
export function matching(
  typed: string,
  first: readonly Person[],
  found: readonly Person[],
  me: string | undefined,
): Person[] {
  const beginning = typed.toLowerCase()
  const fits = ({ username, displayName }: Person) =>
    username.startsWith(beginning) ||
    displayName
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(beginning))
  const people = new Map<string, Person>()
  for (const person of [...first, ...found].filter(fits)) {
    if (person.username !== me && !people.has(person.username)) people.set(person.username, person)
  }
  return [...people.values()].slice(0, MOST)
}
