import { linkOptions } from '@tanstack/react-router'
import type { MediaUseLink } from '../../../registry/media-uses.ts'

/** The editor of an article that shows a file. */
export const articleUse: MediaUseLink = ({ kind, id }) =>
  kind === 'article' ? linkOptions({ to: '/editor/$id', params: { id } }) : undefined
