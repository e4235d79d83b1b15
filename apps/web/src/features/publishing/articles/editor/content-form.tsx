import type { Place, PresentPerson } from '@galley/contract/publishing/presence'
import { Field, Select, Textarea } from '@galley/ui/field'
import type { ReactNode, RefObject } from 'react'
import { languageName, languageOptions } from '../languages.ts'
import { BodyField } from './body-field.tsx'
import { CoverField } from './cover-field.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'
import { TagsField } from './tags-field.tsx'
import type { TextEditor } from './text/text-editor.ts'
import type { BodyPictures } from './use-body-pictures.ts'

export type ContentFormProps = {
  store: DraftStore
  state: DraftState
  text: RefObject<TextEditor | null>
  pictures: BodyPictures
  /** Who else has the article open. */
  people: readonly PresentPerson[]
  onCaret: (at: number) => void
  /** The focus is in one of the fields that others see named. */
  onField: (field: Place['field']) => void
  /** Tools that change the page around the text. */
  view: ReactNode
  /** What stands below the text. */
  children: ReactNode
}

/** The fields of an article. */
export function ContentForm(props: ContentFormProps) {
  const { store, state, text, pictures, people, onCaret, onField, view, children } = props
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
          onFocus={() => onField('title')}
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
          onFocus={() => onField('description')}
          onChange={(event) => store.edit({ description: event.currentTarget.value })}
          className="resize-none font-serif text-[1.375rem] leading-snug"
        />
      </Field>
      <BodyField
        value={content.body}
        error={errors.body}
        language={content.language || (state.article?.detectedLanguage ?? '')}
        text={text}
        pictures={pictures}
        people={people}
        onChange={(body) => store.edit({ body })}
        onCaret={onCaret}
        onFocus={() => onField('text')}
        view={view}
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
