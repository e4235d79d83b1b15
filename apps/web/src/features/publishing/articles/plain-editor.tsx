import type { ArticleSource } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'

const fieldClass =
  'w-full rounded-sm border border-edge bg-raised px-3.5 py-2.5 text-base text-ink hover:border-ink'

/** The editor where no script runs: one form, saved and published by its buttons. */
export function PlainEditor({ article }: { article: ArticleSource | null }) {
  const isPublished = article?.status === 'published'
  return (
    <form
      method="post"
      action="/forms/articles"
      aria-label="Article"
      className="mx-auto flex w-full max-w-4xl flex-col gap-5"
    >
      <p className="rounded-sm border border-rule bg-sunken px-4 py-3 text-sm">
        This is the plain editor: nothing is saved before you press a button. With JavaScript there
        are tools, pictures, a preview and drafts that save themselves.
      </p>
      <input type="hidden" name="id" value={article?.id ?? ''} />
      <input type="hidden" name="version" value={article?.version ?? ''} />
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Title
        <input name="title" dir="auto" defaultValue={article?.title} className={fieldClass} />
      </label>
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Description
        <textarea
          name="description"
          dir="auto"
          rows={2}
          defaultValue={article?.description}
          className={fieldClass}
        />
      </label>
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Text (Markdown)
        <textarea
          name="body"
          dir="auto"
          rows={24}
          defaultValue={article?.body}
          className={`${fieldClass} font-mono`}
        />
      </label>
      <label className="flex flex-col gap-1.5 text-sm font-medium">
        Tags, with commas between them
        <input
          name="tags"
          dir="auto"
          defaultValue={article?.tags.join(', ')}
          className={fieldClass}
        />
      </label>
      <div className="flex flex-wrap gap-3">
        <Button type="submit">{isPublished ? 'Update' : 'Save'}</Button>
        {!isPublished && (article === null || article.can.publish) && (
          <Button type="submit" variant="line" name="publish" value="yes">
            Save and publish
          </Button>
        )}
      </div>
    </form>
  )
}
