import { Field, Select, Textarea } from '@galley/ui/field'
import type { ReactNode, RefObject } from 'react'
import { languageName, languageOptions } from '../languages.ts'
import { BodyField } from './body-field.tsx'
import { CoverField } from './cover-field.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'
import { TagsField } from './tags-field.tsx'
import type { BodyPictures } from './use-body-pictures.ts'

export type ContentFormProps = {
  store: DraftStore
  state: DraftState
  area: RefObject<HTMLTextAreaElement | null>
  pictures: BodyPictures
  onCaret: (at: number) => void
  /** What stands below the text. */
  children: ReactNode
}

/** The fields of an article. */
export function ContentForm({ store, state, area, pictures, onCaret, children }: ContentFormProps) {
  const { content, errors } = state
  return (
    <form
      aria-label="Article"
      className="flex min-w-0 flex-col gap-6"
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label="Title" error={errors.title}>
        <Textarea
          look="page"
          rows={1}
          value={content.title}
          onChange={(event) => store.edit({ title: event.currentTarget.value })}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          className="headline resize-none text-3xl"
        />
      </Field>
      <Field
        label="Description"
        hint="One or two sentences for lists and search engines."
        error={errors.description}
      >
        <Textarea
          look="page"
          rows={2}
          value={content.description}
          onChange={(event) => store.edit({ description: event.currentTarget.value })}
          className="resize-none font-serif text-[1.375rem] leading-snug"
        />
      </Field>
      <BodyField
        value={content.body}
        error={errors.body}
        area={area}
        pictures={pictures}
        onChange={(body) => store.edit({ body })}
        onCaret={onCaret}
      >
        {children}
      </BodyField>
      <TagsField
        tags={content.tags}
        error={errors.tags}
        onChange={(tags) => store.edit({ tags })}
      />
      <Field
        label="Language"
        hint="For hyphenation, translation and screen readers."
        error={errors.language}
      >
        <Select
          value={content.language}
          onChange={(event) => store.edit({ language: event.currentTarget.value })}
        >
          <option value="">{detectedAs(state.article?.detectedLanguage ?? null)}</option>
          {languageOptions(content.language).map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <CoverField content={content} errors={errors} onChange={store.edit} />
    </form>
  )
}

const detectedAs = (language: string | null) =>
  language === null ? 'Detect' : `Detect (${languageName(language)})`
