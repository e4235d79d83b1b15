import { z } from 'zod'

/** A whole number from `min` to `max`, written in digits. */
export const int = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, 'it must be a whole number in digits')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
