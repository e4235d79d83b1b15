import type { LeaveArticle, Place, PresentPerson } from '@galley/contract/publishing/presence'
import { useEffect, useRef, useState } from 'react'
import { useLive } from '../../../../../lib/live.ts'
import { useTRPCClient } from '../../../../../lib/trpc.ts'
import { useCurrentUser } from '../../../../platform/sessions/current-user.ts'
import { mayPass } from '../save-failure.ts'
import { createPresence } from './create-presence.ts'
import { placeOf } from './place.ts'

type Where = { field: Place['field'] | undefined; body: string; caret: number | undefined }

/** A page that nobody looks at for so long is not there any more; browsers slow its timers down, too. */
const HIDDEN_MS = 60_000

/** Who else has the article open, while this page tells them where its person is. */
export function usePresence(articleId: string | undefined, where: Where): readonly PresentPerson[] {
  const client = useTRPCClient()
  const user = useCurrentUser()
  const [people, setPeople] = useState<readonly PresentPerson[]>([])
  const presence = useRef<ReturnType<typeof createPresence>>(null)
  const latest = useRef(where)
  const { field, body, caret } = where
  useEffect(() => {
    latest.current = { field, body, caret }
    presence.current?.moved()
  }, [field, body, caret])
  useEffect(() => {
    if (articleId === undefined) return
    const page: LeaveArticle = { articleId, pageId: crypto.randomUUID() }
    const created = createPresence({
      announce: (place) => client.presence.announce.mutate({ ...page, place }),
      list: () => client.presence.list.query({ articleId }),
      leave: () => sayGoodbye(page),
      place: () => placeOf(latest.current.field, latest.current.body, latest.current.caret),
      onChange: setPeople,
      isRefusal: (error) => !mayPass(error),
    })
    presence.current = created
    created.enter()
    let hiding: ReturnType<typeof setTimeout> | undefined
    const hideOrShow = () => {
      clearTimeout(hiding)
      if (document.hidden) hiding = setTimeout(created.leave, HIDDEN_MS)
      else created.enter()
    }
    document.addEventListener('visibilitychange', hideOrShow)
    window.addEventListener('pagehide', created.leave)
    window.addEventListener('pageshow', created.enter)
    return () => {
      clearTimeout(hiding)
      document.removeEventListener('visibilitychange', hideOrShow)
      window.removeEventListener('pagehide', created.leave)
      window.removeEventListener('pageshow', created.enter)
      presence.current = null
      created.leave()
    }
  }, [articleId, client])
  useLive(articleId === undefined ? [] : [{ presence: articleId }], ({ ids }) => {
    const isOwn = 'userId' in ids && ids['userId'] === user?.id
    if (!isOwn) presence.current?.changed()
  })
  return people
}

/** Of a page that is being closed, the browser finishes only such a request. */
function sayGoodbye(page: LeaveArticle) {
  fetch('/trpc/presence.leave', {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(page),
  }).catch(() => {}) // others find out by themselves
}
