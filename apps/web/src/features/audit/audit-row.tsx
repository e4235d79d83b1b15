import type { AuditEntry } from '@galley/contract/audit'
import { formatMoment } from '../../lib/dates.ts'
import { deviceName } from '../sessions/device-name.ts'

export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, action, target, requestId, ip, userAgent, before, after } = entry
  return (
    <li className="flex flex-col gap-1 border-t border-rule py-4 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <code className="font-mono font-medium">{action}</code>
        <span>{actorName(entry)}</span>
        <time dateTime={at} className="text-xs text-soft">
          {formatMoment(at)}
        </time>
      </p>
      <details>
        <summary className="w-fit py-1 text-xs font-medium text-soft hover:text-ink">
          Details<span className="sr-only"> of {action}</span>
        </summary>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 pt-2 text-xs [&>dt]:text-soft">
          <dt>Target</dt>
          <dd className="break-all">
            {target.type} {target.id}
          </dd>
          <dt>Request</dt>
          <dd className="break-all">{requestId}</dd>
          <dt>Address</dt>
          <dd>{ip}</dd>
          <dt>Device</dt>
          <dd title={userAgent}>{deviceName(userAgent)}</dd>
          <dt>Before</dt>
          <dd>
            <Values of={before} />
          </dd>
          <dt>After</dt>
          <dd>
            <Values of={after} />
          </dd>
        </dl>
      </details>
    </li>
  )
}

function actorName({ actor, actorKind }: AuditEntry) {
  if (!actor) return actorKind === 'system' ? 'the system' : 'a visitor'
  const name = actor.username === null ? 'a deleted account' : `@${actor.username}`
  return actorKind === 'token' ? `${name}, by a token` : name
}

function Values({ of }: { of: Record<string, unknown> | null }) {
  if (!of) return <span className="text-soft">nothing</span>
  return (
    <code className="font-mono break-words whitespace-pre-wrap">{JSON.stringify(of, null, 2)}</code>
  )
}
