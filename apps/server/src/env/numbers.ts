import { z } from 'zod'

/** A whole number from `min` to `max`, written in digits. */
export const int = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
