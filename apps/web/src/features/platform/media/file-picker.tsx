import { mediaTypes } from '@galley/contract/platform/media'
import { type ReactNode, useRef } from 'react'

type FilePickerProps = {
  /** What the field is called. */
  label: string
  /** What the button is called, where its content does not say it. */
  button?: string
  className: string
  multiple?: boolean
  /** Whether documents may be chosen too. */
  documents?: boolean
  onFiles: (files: File[]) => void
  children: ReactNode
}

/** The system's own dialog for files, behind a button of ours: on telephones also the camera. */
export function FilePicker({
  label,
  button,
  className,
  multiple = false,
  documents = false,
  onFiles,
  children,
}: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        aria-label={button}
        title={button}
        onClick={() => input.current?.click()}
        className={`${className} noscript:hidden`}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple={multiple}
        accept={documents ? allTypes : pictureTypes}
        aria-label={label}
        className="hidden"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          if (files.length > 0) onFiles(files)
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}

const allTypes = Object.keys(mediaTypes).join(',')

const pictureTypes = Object.entries(mediaTypes)
  .flatMap(([type, kind]) => (kind === 'image' ? [type] : []))
  .join(',')
