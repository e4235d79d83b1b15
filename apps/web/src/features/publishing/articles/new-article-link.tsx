import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'

/** Opens the editor, after signing in if need be; nothing for people who may not write. */
export function NewArticleLink({ children }: { children: string }) {
  const user = useCurrentUser()
  if (user && !user.can.write) return null
  return (
    <Link to="/editor/$id" params={{ id: 'new' }} className={buttonClass()}>
      {children}
    </Link>
  )
}
