import type { QueueView } from '@galley/contract/platform/jobs'
import { Link } from '@tanstack/react-router'

export function QueueTable({ queues }: { queues: QueueView[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it where it is too wide
    <div role="region" aria-label="Queues" tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left text-sm [&_td]:tabular-nums">
        <thead className="text-xs text-soft">
          <tr>
            <th className="py-2 pr-4 font-medium">Queue</th>
            {['Waiting', 'Active', 'Failed', 'Completed'].map((head) => (
              <th key={head} className="px-2 py-2 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map(({ name, waiting, active, failed, completed }) => (
            <tr key={name} className="border-t border-rule">
              <th scope="row" className="py-2.5 pr-4 font-medium whitespace-nowrap">
                {name}
              </th>
              <td className="px-2 text-right">{waiting}</td>
              <td className="px-2 text-right">{active}</td>
              <td className="px-2 text-right">
                {failed === 0 ? (
                  failed
                ) : (
                  <Link
                    to="/admin/jobs"
                    search={{ queue: name }}
                    className="font-medium text-accent underline underline-offset-3"
                  >
                    {failed}
                    <span className="sr-only"> failed in {name}</span>
                  </Link>
                )}
              </td>
              <td className="px-2 text-right">{completed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
