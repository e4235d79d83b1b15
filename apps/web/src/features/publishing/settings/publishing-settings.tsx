import { publishingSettings } from '@galley/contract/publishing/settings'
import { Checkbox } from '@galley/ui/checkbox'
import { Field, Input, Textarea } from '@galley/ui/field'
import { z } from 'zod'
import { Section } from '../../platform/layout/section.tsx'
import { SettingsForm } from '../../platform/site-settings/settings-form.tsx'

/** How articles come out, and what comments may be. */
export function PublishingSettings() {
  return (
    <>
      <ReviewSection />
      <CommentsSection />
    </>
  )
}

function ReviewSection() {
  const { reviewRequired } = publishingSettings
  return (
    <Section
      title="Publishing"
      lead="Editors and admins publish in any case. What is out already, authors go on changing."
    >
      <SettingsForm
        schema={z.object({ reviewRequired })}
        valuesOf={({ settings }) => ({ reviewRequired: settings.reviewRequired })}
      >
        {({ register }) => (
          <Checkbox
            {...register('reviewRequired')}
            label="Authors need a review before their articles are published"
          />
        )}
      </SettingsForm>
    </Section>
  )
}

/** What is typed of a number; null where the field is empty. */
const numberOrNothing = (field: z.ZodType<number | null, number | null>) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,9}$/, 'Must be a whole number, or empty.')
    .transform((typed) => (typed === '' ? null : Number(typed)))
    .pipe(field)

const toLines = (typed: string) =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const Comments = z.object({
  maxCommentLinks: numberOrNothing(publishingSettings.maxCommentLinks),
  commentDays: numberOrNothing(publishingSettings.commentDays),
  blockedWords: z.string().transform(toLines).pipe(publishingSettings.blockedWords),
})

function CommentsSection() {
  return (
    <Section title="Comments" lead="Editors and admins may write what they want.">
      <SettingsForm
        schema={Comments}
        valuesOf={({ settings: { maxCommentLinks, commentDays, blockedWords } }) => ({
          maxCommentLinks: String(maxCommentLinks ?? ''),
          commentDays: String(commentDays ?? ''),
          blockedWords: blockedWords.join('\n'),
        })}
      >
        {({ register, errors }) => (
          <>
            <Field
              label="Links in a comment, at most"
              hint="Empty: as many as people like."
              error={errors.maxCommentLinks?.message}
            >
              <Input inputMode="numeric" {...register('maxCommentLinks')} />
            </Field>
            <Field
              label="Days after which an article takes no more comments"
              hint="Empty: articles take comments until their authors close them."
              error={errors.commentDays?.message}
            >
              <Input inputMode="numeric" {...register('commentDays')} />
            </Field>
            <Field
              label="Blocked words"
              hint="One word or phrase in each line, at most 100. A comment with one of them is refused; they count as whole words, in capitals or not."
              error={blockedWordsError(errors.blockedWords)}
            >
              <Textarea rows={5} className="min-h-36" {...register('blockedWords')} />
            </Field>
          </>
        )}
      </SettingsForm>
    </Section>
  )
}

/** Of the list, or of the first of its lines that is wrong. */
function blockedWordsError(error: object | undefined): string | undefined {
  if (!error) return undefined
  if ('message' in error) return String(error.message)
  const lines: unknown[] = Object.values(error)
  const message = lines.flatMap((line) =>
    typeof line === 'object' && line !== null && 'message' in line ? [String(line.message)] : [],
  )[0]
  return message && `One of the lines: ${message}`
}
