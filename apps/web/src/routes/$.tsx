import { createFileRoute, notFound } from '@tanstack/react-router'
import { failureHead } from '../lib/head.ts'

/** Every address that no other route knows. */
export const Route = createFileRoute('/$')({
  loader: () => {
    throw notFound()
  },
  head: failureHead,
})
