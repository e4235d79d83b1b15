import { Notice } from '@galley/ui/notice'

/** Why a form as a whole was refused; its fields carry their own errors. */
export function FormFailure({ message }: { message: string | undefined }) {
  return message ? <Notice tone="bad" title={message} /> : null
}
