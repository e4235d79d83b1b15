import type { PreviewLink } from '@galley/contract/publishing/preview-links'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Day } from '../../platform/layout/time.tsx'
import { Row } from '../../platform/settings/row.tsx'
import { previewLinksOf } from './queries.ts'

type PreviewLinkRowProps = { link: PreviewLink; onRevoked: () => void }

export function PreviewLinkRow({ link, onRevoked }: PreviewLinkRowProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const revoke = useMutation(
    trpc.previewLinks.delete.mutationOptions({
      onSuccess: async () => {
        onRevoked()
        await queryClient.invalidateQueries(previewLinksOf(trpc, link.articleId))
        void notify({ title: 'The link leads nowhere now.' })
      },
      onError: notifyFailure('The link still works.'),
    }),
  )
  const { id, name, createdBy, createdAt, expiresAt } = link
  return (
    <Row
      title={<bdi>{name || 'A link'}</bdi>}
      details={
        <>
          <span>
            Made by <bdi>{createdBy.displayName}</bdi> on <Day timestamp={createdAt} />
          </span>
          <span>
            Until <Day timestamp={expiresAt} />
          </span>
        </>
      }
      actions={
        // At once: another link is made in a moment.
        <Button
          variant="line"
          size="small"
          busy={revoke.isPending}
          onClick={() => revoke.mutate({ id })}
        >
          Revoke
          <span className="sr-only">
            {' '}
            <bdi>{name || 'the link'}</bdi>
          </span>
        </Button>
      }
    />
  )
}
