import { CoAuthorByUsername, MAX_AUTHORS } from '@galley/contract/publishing/co-authors'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { Skeleton } from '@galley/ui/skeleton'
import { useMutation, useQuery } from '@tanstack/react-query'
import { messageOf } from '../../../lib/errors.ts'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../../platform/layout/form.tsx'
import { Section } from '../../platform/layout/section.tsx'
import { AuthorRow } from './author-row.tsx'
import { authorsOf, useTakeOver } from './queries.ts'
import { useOrder } from './use-order.ts'

/** Who writes an article: the order of the byline, invitations, and ways out. */
export function AuthorSection({ articleId, onLeft }: { articleId: string; onLeft: () => void }) {
  const { data, error } = useQuery(authorsOf(useTRPC(), articleId))
  const order = useOrder(articleId)
  return (
    <Section
      title="Authors"
      lead="Co-authors see the article, change it and publish it as its author does. Readers see all of you in this order."
    >
      {error && <Notice tone="bad" title={messageOf(error)} />}
      {!data && !error && <Skeleton className="h-24" />}
      {data && (
        <>
          <ul>
            {data.items.map((person) => (
              <AuthorRow
                key={person.username}
                articleId={articleId}
                person={person}
                list={data}
                order={order}
                onLeft={onLeft}
              />
            ))}
          </ul>
          <p role="status" className="sr-only">
            {order.said}
          </p>
          {data.can.invite && data.items.length < MAX_AUTHORS && (
            <InviteForm articleId={articleId} />
          )}
          {data.can.invite && data.items.length >= MAX_AUTHORS && (
            <p className="text-sm text-soft">An article has at most {MAX_AUTHORS} authors.</p>
          )}
        </>
      )}
    </Section>
  )
}

const Username = CoAuthorByUsername.pick({ username: true })

function InviteForm({ articleId }: { articleId: string }) {
  const takeOver = useTakeOver(articleId)
  const invite = useMutation(useTRPC().coAuthors.invite.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: Username,
    defaultValues: { username: '' },
    send: ({ username }) => invite.mutateAsync({ articleId, username }),
    onSuccess: (list, form) => {
      form.reset()
      takeOver(list)
      void notify({ title: 'The invitation is on its way.' })
    },
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <div className="grid items-start gap-3 sm:grid-cols-[1fr_auto]">
        <Field
          label="Invite a co-author"
          hint="By username, as in the address of their page."
          error={errors.username?.message}
        >
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...register('username')}
          />
        </Field>
        <Button type="submit" variant="line" busy={busy} className="sm:mt-13.5">
          Invite
        </Button>
      </div>
    </Form>
  )
}
