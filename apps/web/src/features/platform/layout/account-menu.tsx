import type { CurrentUser } from '@galley/contract/platform/users'
import { Avatar } from '@galley/ui/avatar'
import { useMutation } from '@tanstack/react-query'
import { type AnyRoute, Link, useRouter } from '@tanstack/react-router'
import { Suspense, useRef, useState } from 'react'
import { notifyFailure } from '../../../lib/notify.ts'
import { keepTheme } from '../../../lib/theme.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { countUnsaved } from '../../../lib/unsaved.ts'
import { Bell } from '../notifications/bell.tsx'
import { accountLinks, linksOfRoutes } from '../../../registry/navigation.ts'
import { lazyPart } from './lazy-part.tsx'

const item =
  'block w-full rounded-sm px-3 py-2 text-left text-sm hover:bg-sunken focus-visible:bg-sunken'

const signOutDialog = lazyPart(async () => (await import('./sign-out-dialog.tsx')).SignOutDialog)

/** The bell, and the person's own pages in a native popover: it opens, closes and takes Escape without any script. */
export function AccountMenu({ user }: { user: CurrentUser }) {
  const menu = useRef<HTMLDivElement>(null)
  const signOut = useSignOut()
  const [unsaved, setUnsaved] = useState(0)
  const routes: AnyRoute[] = Object.values(useRouter().routesById)
  const close = () => menu.current?.hidePopover()
  return (
    <>
      <Bell />
      <button
        type="button"
        popoverTarget="account-menu"
        aria-label={`Account of ${user.displayName}`}
        className="rounded-full"
      >
        <Avatar person={user} />
      </button>
      <div
        id="account-menu"
        ref={menu}
        popover="auto"
        className="account-menu m-0 w-60 rounded-md border border-rule bg-raised p-2 text-ink shadow-float"
      >
        <p className="border-b border-rule px-3 pt-1 pb-3 text-sm">
          <span dir="auto" className="block truncate font-medium">
            {user.displayName}
          </span>
          <span className="block truncate text-xs text-soft">@{user.username}</span>
        </p>
        <nav aria-label="Account" className="pt-2">
          {[...accountLinks(user), ...linksOfRoutes(routes)].map(({ text, link }) => (
            <Link key={text} {...link} onClick={close} className={item}>
              {text}
            </Link>
          ))}
          <Link to="/settings" onClick={close} className={item}>
            Settings
          </Link>
          {user.can.manageUsers && (
            <Link to="/admin/people" onClick={close} className={item}>
              Administration
            </Link>
          )}
        </nav>
        <form
          method="post"
          action="/forms/sign-out"
          onSubmit={(event) => {
            event.preventDefault()
            const count = countUnsaved(user.id)
            if (count === 0) return signOut.mutate(undefined)
            close()
            void signOutDialog.open(() => setUnsaved(count))
          }}
        >
          <button
            type="submit"
            disabled={signOut.isPending}
            className={`${item} mt-2 border-t border-rule pt-3`}
          >
            Sign out
          </button>
        </form>
      </div>
      {unsaved > 0 && (
        <Suspense>
          <signOutDialog.Part
            unsaved={unsaved}
            onStay={() => setUnsaved(0)}
            onSignOut={() => {
              setUnsaved(0)
              signOut.mutate(undefined)
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** Ends the session, then loads the home page afresh: nothing of the person stays in this page's memory. */
export function useSignOut() {
  const trpc = useTRPC()
  return useMutation(
    trpc.sessions.delete.mutationOptions({
      onSuccess: () => {
        // The response has emptied the browser's storage; how pages look is nothing of the person.
        keepTheme()
        window.location.assign('/')
      },
      onError: notifyFailure('You are still signed in.'),
    }),
  )
}
