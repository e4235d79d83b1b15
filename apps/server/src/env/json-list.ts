import { z } from 'zod'

/** A list as JSON in a variable. The message says where it is wrong and what `shape` it has; never a value, it may be a secret. */
export const jsonList = <Item extends z.ZodType>(item: Item, max: number, shape: string) =>
  z.string().transform((value, ctx) => {
    const { success, data, error } = z.array(item).max(max).safeParse(parse(value))
    if (success) return data
    const where = error.issues[0]?.path.join('.') || 'the list'
    ctx.addIssue({ code: 'custom', message: `see ${where}; it must be a JSON list of ${shape}` })
    return z.NEVER
  })

function parse(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
