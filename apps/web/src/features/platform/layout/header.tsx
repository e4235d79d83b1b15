import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazyInBrowser } from '../../../lib/lazy-in-browser.ts'
import { useSite } from '../../../lib/router-context.ts'
import { mainLinks, searches } from '../../../registry/navigation.ts'
import { useCurrentUser } from '../sessions/current-user.ts'

const AccountMenu = lazyInBrowser(async () => (await import('./account-menu.tsx')).AccountMenu)

export function Header() {
  const user = useCurrentUser()
  const { name, logoUrl } = useSite()
  return (
    <header className="relative border-b border-rule print:border-none">
      <div className="page flex h-16 items-center gap-4 sm:gap-7">
        <Link
          to="/"
          className="headline mr-auto flex min-w-0 items-center gap-3 text-[1.75rem] leading-tight tracking-tight"
        >
          {logoUrl && <img src={logoUrl} alt="" className="h-9 w-auto max-w-24 shrink-0" />}
          <span className="truncate">
            <bdi>{name}</bdi>
            <span className="text-accent">.</span>
          </span>
        </Link>
        {searches.map((Search, n) => (
          <Search key={n} />
        ))}
        <nav
          aria-label="Main"
          className="flex shrink-0 items-center gap-4 text-sm whitespace-nowrap sm:gap-7 print:hidden"
        >
          {mainLinks(user).map(({ text, link, Icon }) => (
            <Link
              key={text}
              {...link}
              className="inline-flex items-center gap-2 py-2 text-soft hover:text-ink aria-[current=page]:text-ink"
            >
              {Icon && <Icon aria-hidden="true" className="size-4" />}
              {/* Beside an icon, a small screen has no room for it. */}
              <span className={Icon && 'max-sm:sr-only'}>{text}</span>
            </Link>
          ))}
          {!user && <SignedOutLinks />}
        </nav>
        {user && (
          <Suspense fallback={<span className="size-10" />}>
            <AccountMenu user={user} />
          </Suspense>
        )}
      </div>
    </header>
  )
}

function SignedOutLinks() {
  const { signUp } = useSite()
  const isOpen = signUp === 'open' || signUp === 'readers'
  return (
    <>
      <Link to="/sign-in" className="py-2 text-soft hover:text-ink aria-[current=page]:text-ink">
        Sign in
      </Link>
      {isOpen && (
        <Link to="/sign-up" className={buttonClass('solid', 'small', 'max-sm:hidden')}>
          Create account
        </Link>
      )}
    </>
  )
}
