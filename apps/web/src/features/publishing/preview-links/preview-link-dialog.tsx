import { CreatePreviewLink, type NewPreviewLink } from '@galley/contract/publishing/preview-links'
import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { Field, Input, Select } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../../lib/errors.ts'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { CopyButton } from '../../platform/layout/copy-button.tsx'
import { Form, FormResult } from '../../platform/layout/form.tsx'
import { PreviewLinkRow } from './preview-link-row.tsx'
import { previewLinksOf } from './queries.ts'

type PreviewLinkDialogProps = { articleId: string; onClose: () => void }

/** Makes links, shows each once, lists and revokes them. */
export function PreviewLinkDialog({ articleId, onClose }: PreviewLinkDialogProps) {
  const { data, error } = useQuery(previewLinksOf(useTRPC(), articleId))
  const [made, setMade] = useState<NewPreviewLink>()
  return (
    <Dialog
      title="Preview links"
      description="Anybody who has the link sees the article as it is at that moment, until the link ends or you revoke it. Search engines are kept out."
      onClose={onClose}
    >
      {made && <NewLinkNotice key={made.id} url={made.url} />}
      {error && <Notice tone="bad" title={messageOf(error)} />}
      {data?.can.create && <NewLinkForm articleId={articleId} onCreated={setMade} />}
      {data && data.items.length > 0 && (
        <ul aria-label="Links that work">
          {data.items.map((link) => (
            <PreviewLinkRow
              key={link.id}
              link={link}
              onRevoked={() => {
                if (made?.id === link.id) setMade(undefined)
              }}
            />
          ))}
        </ul>
      )}
      <Button variant="line" className="self-end" onClick={onClose}>
        Close
      </Button>
    </Dialog>
  )
}

const lifetimes = [1, 3, 7, 14, 30]

const NewLink = CreatePreviewLink.omit({ articleId: true }).required()

type NewLinkFormProps = { articleId: string; onCreated: (link: NewPreviewLink) => void }

function NewLinkForm({ articleId, onCreated }: NewLinkFormProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const create = useMutation(trpc.previewLinks.create.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: NewLink,
    defaultValues: { name: '', expiresInDays: 7 },
    send: (values) => create.mutateAsync({ ...values, articleId }),
    onSuccess: (link, form) => {
      form.reset()
      onCreated(link)
      void queryClient.invalidateQueries(previewLinksOf(trpc, articleId))
    },
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <Field
        label="For whom"
        hint="For your own list; it may stay empty."
        error={errors.name?.message}
      >
        <Input autoComplete="off" {...register('name')} />
      </Field>
      <Field label="Works for" error={errors.expiresInDays?.message}>
        <Select {...register('expiresInDays', { valueAsNumber: true })}>
          {lifetimes.map((days) => (
            <option key={days} value={days}>
              {days === 1 ? '1 day' : `${days} days`}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" busy={busy} className="self-start">
        Make a link
      </Button>
    </Form>
  )
}

/** The address, this once. */
function NewLinkNotice({ url }: { url: string }) {
  return (
    <FormResult tone="good" title="Copy the link now. It will not be shown again.">
      <code className="font-mono text-sm break-all">{url}</code>
      <div>
        <CopyButton text={() => url} done="The link is on the clipboard.">
          Copy the link
        </CopyButton>
      </div>
    </FormResult>
  )
}
