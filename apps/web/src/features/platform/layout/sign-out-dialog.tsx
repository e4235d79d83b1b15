import { ConfirmDialog } from '@galley/ui/alert-dialog'

type SignOutDialogProps = { unsaved: number; onStay: () => void; onSignOut: () => void }

/** Signing out empties what the browser keeps of this site: asks where that holds what nothing else does. */
export function SignOutDialog({ unsaved, onStay, onSignOut }: SignOutDialogProps) {
  const texts = unsaved === 1 ? 'A text that you wrote' : `${unsaved} texts that you wrote`
  return (
    <ConfirmDialog
      title="Sign out without saving?"
      description={`${texts} on this device ${unsaved === 1 ? 'is' : 'are'} not saved, and will be deleted. To keep ${unsaved === 1 ? 'it' : 'them'}, stay signed in, open the article, and wait until it says “Saved”.`}
      cancel="Stay signed in"
      confirm="Sign out and delete"
      onCancel={onStay}
      onConfirm={onSignOut}
    />
  )
}
