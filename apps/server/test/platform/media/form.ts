import { pngOf } from '@galley/platform/test/pictures'

type Sent = {
  content?: Uint8Array
  name?: string
  type?: string
  fields?: Record<string, string>
}

/** The form of an upload, as browsers and other clients send it. */
export function formOf({
  content = pngOf(350, 200),
  name = 'picture.png',
  type = 'image/png',
  fields = {},
}: Sent = {}): FormData {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', new File([Uint8Array.from(content)], name, { type }))
  return form
}
