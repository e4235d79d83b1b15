import type { ArticleView } from '@galley/contract/publishing/articles'
import { CreateComment } from '@galley/contract/publishing/comments'
import { Button } from '@galley/ui/button'
import { Field, Textarea } from '@galley/ui/field'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../../platform/layout/form.tsx'
import { LeaveGuard } from '../../platform/layout/leave-guard.tsx'
import { writersOf } from './comment-cache.ts'
import { MentionList } from './mention-list.tsx'

const Body = CreateComment.pick({ body: true })

type CommentFormProps = {
  label: string
  hideLabel?: boolean
  action: string
  body?: string
  article: ArticleView
  /** Rejects with the error of the call; the form shows it. */
  onSubmit: (body: string) => Promise<unknown>
  /** It is sent, and nothing more was typed meanwhile; or it is not wanted any more. */
  onDone?: () => void
  /** Whether it can be sent while no script runs: a new comment. */
  isPlain?: boolean
}

type Place = { pathname: string; search: object }

/** Of a reply, or a comment that is changed: it goes with the page of comments in which it stands. */
const isAnotherList = (from: Place, to: Place) =>
  from.pathname !== to.pathname || JSON.stringify(from.search) !== JSON.stringify(to.search)

/** A comment to write or to change. */
export function CommentForm(props: CommentFormProps) {
  const { label, hideLabel = false, action, body = '', article, isPlain = false } = props
  const { onSubmit, onDone } = props
  const cache = { trpc: useTRPC(), queryClient: useQueryClient() }
  const textarea = useRef<HTMLTextAreaElement>(null)
  const { register, errors, busy, isDirty, submit } = useApiForm({
    schema: Body,
    defaultValues: { body },
    send: (values) => onSubmit(values.body),
    onSuccess: (_, form) => {
      if (!form.reset()) onDone?.()
    },
  })
  const { ref: registerField, ...field } = register('body')
  return (
    <Form
      submit={submit}
      failure={errors.root?.message}
      gap="gap-3"
      {...(isPlain && { action: '/forms/comments' })}
    >
      {isPlain && (
        <>
          <input type="hidden" name="articleId" value={article.id} />
          <input
            type="hidden"
            name="next"
            value={`/articles/${encodeURIComponent(article.slug)}`}
          />
        </>
      )}
      <LeaveGuard isDirty={isDirty} {...(!isPlain && { isLeaving: isAnotherList })} />
      <div className="relative">
        <Field
          label={label}
          hideLabel={hideLabel}
          hint="Markdown works: *emphasis*, `code`, > quotes and links. @ mentions somebody."
          error={errors.body?.message}
        >
          <Textarea
            rows={4}
            className="min-h-28"
            {...field}
            ref={(element) => {
              registerField(element)
              textarea.current = element
            }}
          />
        </Field>
        <MentionList
          field={textarea}
          people={() => [article.author, ...writersOf(cache, article.id)]}
        />
      </div>
      <div className="flex gap-3">
        <Button type="submit" busy={busy}>
          {action}
        </Button>
        {onDone && (
          <Button variant="quiet" onClick={onDone}>
            Cancel
          </Button>
        )}
      </div>
    </Form>
  )
}
