import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { notFoundLinks } from '../../../registry/navigation.ts'
import { texts } from '../../../registry/texts.ts'
import { MessagePage } from './message-page.tsx'

export function NotFoundPage() {
  return (
    <MessagePage
      eyebrow="Not found"
      title="There is nothing at this address"
      text="The page may have been moved or withdrawn, or the address may have been mistyped."
      actions={
        <>
          <Link to="/" className={buttonClass()}>
            {texts.goHome}
          </Link>
          {notFoundLinks().map(({ text, link }) => (
            <Link key={text} {...link} className={buttonClass('line')}>
              {text}
            </Link>
          ))}
        </>
      }
    />
  )
}
