import type { CoAuthorInvitation } from '@galley/contract/publishing/co-authors'
import type { CurrentUser } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Day } from '../../platform/layout/time.tsx'
import { AuthorLinks } from '../authors/author-links.tsx'

type InvitationRowProps = { invitation: CoAuthorInvitation; user: CurrentUser }

/** An invitation to write an article along, and the two answers to it. */
export function InvitationRow({ invitation, user }: InvitationRowProps) {
  const { article, author, invitedBy, invitedAt } = invitation
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refresh = () => queryClient.invalidateQueries(trpc.coAuthors.pathFilter())
  const failed = (title: string) => (error: unknown) => {
    notifyFailure(title)(error)
    // Withdrawn meanwhile, for example.
    void refresh()
  }
  const accept = useMutation(
    trpc.coAuthors.accept.mutationOptions({
      onSuccess: async ({ articleId: id }) => {
        void queryClient.invalidateQueries(trpc.articles.mine.queryFilter())
        void refresh()
        await navigate({ to: '/editor/$id', params: { id } })
        void notify({ title: 'You are an author of this article now.' })
      },
      onError: failed('The invitation was not accepted.'),
    }),
  )
  const decline = useMutation(
    trpc.coAuthors.remove.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The invitation is declined.' })
      },
      onError: failed('The invitation was not declined.'),
    }),
  )
  const name = article.title || 'Untitled'
  const isBusy = accept.isPending || decline.isPending
  return (
    <li className="flex flex-col gap-4 border-b border-rule py-6 sm:flex-row sm:items-center">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <h2 dir="auto" className="headline text-xl">
          {name}
        </h2>
        {article.description && (
          <p dir="auto" className="text-sm text-soft">
            {article.description}
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
          <span>
            By <AuthorLinks authors={[author]} className="font-medium text-ink hover:text-accent" />
          </span>
          <span>
            Invited
            {invitedBy && invitedBy.username !== author.username && (
              <>
                {' '}
                by <bdi>{invitedBy.displayName}</bdi>
              </>
            )}{' '}
            on <Day timestamp={invitedAt} />
          </span>
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          size="small"
          busy={isBusy}
          onClick={() => accept.mutate({ articleId: article.id })}
          aria-label={`Accept ${name}`}
        >
          Accept
        </Button>
        <Button
          variant="line"
          size="small"
          busy={isBusy}
          onClick={() => decline.mutate({ articleId: article.id, username: user.username })}
          aria-label={`Decline ${name}`}
        >
          Decline
        </Button>
      </div>
    </li>
  )
}
