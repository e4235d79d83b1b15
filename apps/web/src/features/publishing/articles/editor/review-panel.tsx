import { pageSizes } from '@galley/contract/page-sizes'
import { CreateReviewNote, type ReviewNote } from '@galley/contract/publishing/review-notes'
import { Button } from '@galley/ui/button'
import { Field, Textarea } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { messageOf } from '../../../../lib/errors.ts'
import { useApiForm } from '../../../../lib/form.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { Form } from '../../../platform/layout/form.tsx'
import { Moment } from '../../../platform/layout/time.tsx'
import type { DraftState } from './draft-store.ts'

type ReviewPanelProps = { article: NonNullable<DraftState['article']> }

/** What was said of the article while it was reviewed; nothing where it never was. */
export function ReviewPanel({ article }: ReviewPanelProps) {
  const trpc = useTRPC()
  const { data, error, isFetching, refetch } = useQuery(
    trpc.reviewNotes.list.queryOptions(
      { articleId: article.id, limit: pageSizes.thread },
      { staleTime: 0 },
    ),
  )
  if (error && !data && article.status === 'in_review') {
    return (
      <div className="page py-4">
        <Notice tone="warn" title="What was said in the review could not be loaded.">
          <p>{messageOf(error)}</p>
          <Button
            variant="line"
            size="small"
            className="self-start"
            busy={isFetching}
            onClick={() => void refetch()}
          >
            Try again
          </Button>
        </Notice>
      </div>
    )
  }
  if (!data || (data.items.length === 0 && !article.can.annotate)) return null
  return (
    <details open={article.status === 'in_review'} className="border-b border-rule">
      <summary className="page cursor-pointer py-3 text-sm font-medium">
        Review{' '}
        <span className="font-normal text-soft tabular-nums">
          {data.items.length} {data.items.length === 1 ? 'entry' : 'entries'}
        </span>
      </summary>
      <div className="page flex flex-col gap-5 pb-6">
        <ol
          aria-label="Notes and steps of the review, newest first"
          className="flex flex-col gap-4"
        >
          {data.items.map((note) => (
            <Note key={note.id} note={note} />
          ))}
        </ol>
        {article.can.annotate && <NewNote articleId={article.id} />}
      </div>
    </details>
  )
}

const steps: Record<ReviewNote['kind'], string> = {
  note: 'wrote',
  requested: 'asked for a review',
  withdrawn: 'took it back',
  approved: 'approved it',
  sent_back: 'sent it back',
}

function Note({ note: { author, kind, body, createdAt } }: { note: ReviewNote }) {
  return (
    <li className="max-w-measure text-sm">
      <p className="text-xs text-soft">
        <bdi className="font-medium text-ink">{author.displayName}</bdi> {steps[kind]},{' '}
        <Moment timestamp={createdAt} />
      </p>
      {body && (
        <p dir="auto" className="mt-1 wrap-anywhere whitespace-pre-line">
          {body}
        </p>
      )}
    </li>
  )
}

const NoteText = CreateReviewNote.pick({ body: true })

function NewNote({ articleId }: { articleId: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const create = useMutation(trpc.reviewNotes.create.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: NoteText,
    defaultValues: { body: '' },
    send: ({ body }) => create.mutateAsync({ articleId, body }),
    onSuccess: async (_, form) => {
      form.reset()
      await queryClient.invalidateQueries(trpc.reviewNotes.pathFilter())
    },
  })
  return (
    <div className="max-w-measure">
      <Form submit={submit} failure={errors.root?.message} gap="gap-3">
        <Field label="Add a note" error={errors.body?.message}>
          <Textarea rows={2} maxLength={2000} {...register('body')} />
        </Field>
        <div>
          <Button type="submit" variant="line" size="small" busy={busy}>
            Add the note
          </Button>
        </div>
      </Form>
    </div>
  )
}
