import { ArticleSlug } from '@galley/contract/publishing/article-fields'
import { type ArticleSource } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { z } from 'zod'
import { useApiForm } from '../../../../lib/form.ts'
import { notify } from '../../../../lib/notify.ts'
import { useSite } from '../../../../lib/router-context.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { Form } from '../../../platform/layout/form.tsx'
import { Section } from '../../../platform/layout/section.tsx'
import { useRefreshArticles } from '../use-refresh-articles.ts'
import type { DraftStore } from './draft-store.ts'

const Address = z.object({ slug: ArticleSlug })

type AddressSectionProps = { store: DraftStore; article: ArticleSource }

/** The last part of the article's address. */
export function AddressSection({ store, article }: AddressSectionProps) {
  const trpc = useTRPC()
  const refresh = useRefreshArticles()
  const { origin } = useSite()
  const update = useMutation(trpc.articles.update.mutationOptions())
  const wasPublished = article.publishedAt !== null
  const { register, errors, busy, submit } = useApiForm({
    schema: Address,
    defaultValues: { slug: article.slug },
    send: async ({ slug }) => {
      // What is typed is saved first: the change needs the version that it leads to.
      await store.save()
      const { article: saved } = store.getSnapshot()
      return update.mutateAsync({
        id: article.id,
        version: saved?.version ?? article.version,
        slug,
      })
    },
    onSuccess: (changed, form) => {
      form.reset({ slug: changed.slug })
      store.accept(changed)
      void refresh()
      void notify({ title: 'The address is changed.' })
    },
  })
  return (
    <Section
      title="Address"
      lead={
        wasPublished
          ? 'Links to the old address go on to lead here.'
          : 'It follows the title until you choose one.'
      }
    >
      <Form submit={submit} failure={errors.root?.message}>
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_auto]">
          <Field
            label="Last part of the address"
            hint={<span className="break-all">{`${origin}/articles/…`}</span>}
            error={errors.slug?.message}
          >
            <Input
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              {...register('slug')}
            />
          </Field>
          <Button type="submit" variant="line" busy={busy} className="sm:mt-13.5">
            Change the address
          </Button>
        </div>
      </Form>
    </Section>
  )
}
