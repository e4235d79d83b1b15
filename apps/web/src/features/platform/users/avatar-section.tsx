import { Avatar } from '@galley/ui/avatar'
import { Button } from '@galley/ui/button'
import { useState } from 'react'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { ChoosePicture } from '../media/choose-picture.tsx'
import { useCurrentUser } from '../sessions/current-user.ts'
import { useSaveProfile } from './profile-form.tsx'

/** The picture by which others know a person: one of their library, or none. */
export function AvatarSection() {
  // As saved last; the page around it has who signed in.
  const user = useCurrentUser()
  const [choosing, setChoosing] = useState(false)
  const save = useSaveProfile()
  const use = (avatarMediaId: string | null) =>
    save.mutate(
      { avatarMediaId },
      {
        onSuccess: () =>
          void notify({
            title: avatarMediaId ? 'Your picture is saved.' : 'Your picture is removed.',
          }),
        onError: notifyFailure('Your picture was not changed.'),
      },
    )
  if (!user) return null
  return (
    <div className="mb-8 flex flex-wrap items-center gap-5">
      <Avatar person={user} size="large" />
      <div className="flex flex-wrap gap-2">
        <Button variant="line" size="small" busy={save.isPending} onClick={() => setChoosing(true)}>
          {user.avatarUrl ? 'Choose another picture' : 'Choose a picture'}
        </Button>
        {user.avatarUrl && (
          <Button variant="quiet" size="small" busy={save.isPending} onClick={() => use(null)}>
            Remove the picture
          </Button>
        )}
      </div>
      {choosing && (
        <ChoosePicture
          title="Your picture"
          onClose={() => setChoosing(false)}
          onChoose={({ id }) => {
            setChoosing(false)
            use(id)
          }}
        />
      )}
    </div>
  )
}
