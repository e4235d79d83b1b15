import { Button } from '@galley/ui/button'
import { useState } from 'react'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { Section } from '../layout/section.tsx'
import { ChoosePicture } from '../media/choose-picture.tsx'
import { useSettings } from './use-save-settings.ts'

/** The picture beside the name: one of the admin's library, or none. */
export function LogoSection() {
  const { view, save } = useSettings()
  const [choosing, setChoosing] = useState(false)
  const [busy, setBusy] = useState(false)
  const use = (logoMediaId: string | null) => {
    setBusy(true)
    save({ logoMediaId })
      .then(
        () => notify({ title: logoMediaId ? 'The logo is saved.' : 'The logo is removed.' }),
        notifyFailure('The logo was not changed.'),
      )
      .finally(() => setBusy(false))
  }
  return (
    <Section
      title="Logo"
      lead="Beside the name on every page, and where a page without a picture of its own is shared. Everybody can see it."
    >
      <div className="flex flex-wrap items-center gap-5">
        {view.logoUrl && <img src={view.logoUrl} alt="The logo" className="h-12 w-auto" />}
        <div className="flex flex-wrap gap-2">
          <Button variant="line" size="small" busy={busy} onClick={() => setChoosing(true)}>
            {view.logoUrl ? 'Choose another picture' : 'Choose a picture'}
          </Button>
          {view.logoUrl && (
            <Button variant="quiet" size="small" busy={busy} onClick={() => use(null)}>
              Remove the logo
            </Button>
          )}
        </div>
      </div>
      {choosing && (
        <ChoosePicture
          title="Logo"
          onClose={() => setChoosing(false)}
          onChoose={({ id }) => {
            setChoosing(false)
            use(id)
          }}
        />
      )}
    </Section>
  )
}
