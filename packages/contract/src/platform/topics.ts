import { z } from 'zod'

/** What people can watch of the platform. */
export const platformTopics = {
  /** What concerns the person who calls. */
  me: z.literal(true),
}
