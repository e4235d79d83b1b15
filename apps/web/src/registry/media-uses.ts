import type { MediaUse } from '@galley/contract/platform/media'
import type { LinkProps } from '@tanstack/react-router'
import { articleUse } from '../features/publishing/articles/media-use.ts' // publishing

/** Where what uses a file is changed; undefined for what another part knows. */
export type MediaUseLink = (subject: MediaUse['subject']) => LinkProps | undefined

const parts: MediaUseLink[] = [
  // One line for each.
  articleUse, // publishing
]

/** Undefined where there is nothing to open. */
export const mediaUseLink = (subject: MediaUse['subject']): LinkProps | undefined =>
  parts.flatMap((part) => part(subject) ?? [])[0]
