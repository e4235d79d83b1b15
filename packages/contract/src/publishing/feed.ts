import type { z } from 'zod'
import { PageInput } from '../primitives.ts'

/** Articles of the people that the caller follows, newest first; returns an `ArticlePage`. */
export const ListFeed = PageInput
export type ListFeed = z.output<typeof ListFeed>
