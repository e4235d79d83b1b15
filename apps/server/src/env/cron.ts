/** The least and the greatest number of each field: minute, hour, day of the month, month, day of the week. */
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const

/** How many days each month has at most. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Whether it is a cron expression of five fields of numbers, by which something falls due. The queue of jobs takes no
 * other, and a worker that cannot keep its timetable runs no jobs at all.
 */
export function isCron(text: string): boolean {
  const fields = text.split(' ')
  if (fields.length !== RANGES.length) return false
  const [minutes, hours, days, months, weekdays] = RANGES.map((range, at) =>
    valuesOf(fields[at] ?? '', range),
  )
  if (!minutes || !hours || !days || !months || !weekdays) return false
  // A day of the month or of the week is enough.
  const longest = Math.max(...months.map((month) => DAYS[month - 1] ?? 0))
  return fields[4] !== '*' || Math.min(...days) <= longest
}

/** What a field stands for; undefined where it has a part that is none, or names a number twice. */
function valuesOf(field: string, range: readonly [number, number]): number[] | undefined {
  const parts = field.split(',').map((part) => partOf(part, range))
  const values = parts.flatMap((part) => part ?? [])
  const isList = parts.every((part) => part !== undefined)
  return isList && new Set(values).size === values.length ? values : undefined
}

/** A number, a range or `*`, perhaps with a step: `5`, `5-10`, `5-30/5`. */
function partOf(part: string, [least, most]: readonly [number, number]): number[] | undefined {
  const [, range, step] = /^(\*|\d{1,2}(?:-\d{1,2})?)(?:\/(\d{1,2}))?$/.exec(part) ?? []
  if (range === undefined || Number(step) === 0) return undefined
  const [first = 0, last = step === undefined ? first : most] =
    range === '*' ? [least, most] : range.split('-').map(Number)
  if (first < least || last > most || first > last) return undefined
  const values = Array.from({ length: last - first + 1 }, (_, n) => first + n)
  const stepped = values.filter((_, n) => n % Number(step ?? 1) === 0)
  // Sunday has two numbers.
  return most === 7 ? [...new Set(stepped.map((day) => day % 7))] : stepped
}
