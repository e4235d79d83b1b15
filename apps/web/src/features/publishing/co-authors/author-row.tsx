import type { ArticleAuthor, ArticleAuthors } from '@galley/contract/publishing/co-authors'
import { Avatar } from '@galley/ui/avatar'
import { Badge } from '@galley/ui/badge'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'
import { RemoveButton, Row } from '../../platform/settings/row.tsx'
import { useRefreshArticles } from '../articles/use-refresh-articles.ts'
import { authorsOf } from './queries.ts'
import type { Order } from './use-order.ts'

type AuthorRowProps = {
  articleId: string
  person: ArticleAuthor
  list: ArticleAuthors
  order: Order
  /** The caller has taken themselves off the byline. */
  onLeft: () => void
}

export function AuthorRow({ articleId, person, list, order, onLeft }: AuthorRowProps) {
  const { username, displayName, isAuthor, state } = person
  const place = list.items.findIndex((each) => each.username === username)
  return (
    <Row
      title={
        <>
          <Avatar person={person} size="small" />
          <bdi>{displayName}</bdi>
          {isAuthor && <Badge>Author</Badge>}
          {state === 'invited' && <Badge>Invited</Badge>}
        </>
      }
      details={<span>@{username}</span>}
      actions={
        <>
          {list.can.order && list.items.length > 1 && (
            <MoveButtons person={person} list={list} order={order} place={place} />
          )}
          {person.can.remove && (
            <RemoveAuthor articleId={articleId} person={person} onLeft={onLeft} />
          )}
        </>
      }
    />
  )
}

type MoveProps = Pick<AuthorRowProps, 'person' | 'list' | 'order'> & { place: number }

function MoveButtons({ person, list, order: { move, busy }, place }: MoveProps) {
  const { displayName } = person
  return (
    <>
      <Button
        variant="line"
        size="small"
        aria-label={`Move ${displayName} up`}
        busy={busy || place === 0}
        onClick={() => move(person, list, place - 1)}
      >
        <ArrowUp aria-hidden="true" className="size-4" />
      </Button>
      <Button
        variant="line"
        size="small"
        aria-label={`Move ${displayName} down`}
        busy={busy || place === list.items.length - 1}
        onClick={() => move(person, list, place + 1)}
      >
        <ArrowDown aria-hidden="true" className="size-4" />
      </Button>
    </>
  )
}

type RemoveProps = Pick<AuthorRowProps, 'articleId' | 'person' | 'onLeft'>

function RemoveAuthor({ articleId, person, onLeft }: RemoveProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const refreshArticles = useRefreshArticles()
  const user = useCurrentUser()
  const { username, displayName, state } = person
  const isOwn = user?.username === username
  const words = isOwn ? leaving : state === 'invited' ? withdrawing : removing
  const remove = useMutation(
    trpc.coAuthors.remove.mutationOptions({
      onSuccess: async () => {
        void notify({ title: words.done(displayName) })
        if (isOwn) return onLeft()
        await queryClient.invalidateQueries(authorsOf(trpc, articleId))
        void refreshArticles()
      },
      onError: notifyFailure('The list of authors stayed as it was.'),
    }),
  )
  return (
    <RemoveButton
      action={words.action}
      name={displayName}
      question={words.question(displayName)}
      description={words.description}
      busy={remove.isPending}
      onConfirm={(close) => remove.mutate({ articleId, username }, { onSettled: close })}
    />
  )
}

const removing = {
  action: 'Remove',
  question: (name: string) => `Take ${name} off the byline?`,
  description: 'They can no longer see the article before it is published, nor change it.',
  done: (name: string) => `${name} is no longer an author of this article.`,
}

const withdrawing = {
  action: 'Withdraw',
  question: (name: string) => `Withdraw the invitation of ${name}?`,
  description: 'They can no longer accept it. You may invite them again.',
  done: () => 'The invitation is withdrawn.',
}

const leaving = {
  action: 'Leave',
  question: () => 'Leave this article?',
  description: 'You are no longer named in its byline, and can no longer change it.',
  done: () => 'You are no longer an author of this article.',
}
