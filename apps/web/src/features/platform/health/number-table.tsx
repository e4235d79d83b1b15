type NumberTableProps = {
  label: string
  /** Of all columns; the first is of the names. */
  heads: readonly string[]
  rows: readonly { name: string; cells: readonly (string | number)[] }[]
}

/** Numbers by name; scrolls sideways where it is too wide. */
export function NumberTable({ label, heads: [first, ...others], rows }: NumberTableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it where it is too wide
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left text-sm [&_td]:tabular-nums">
        <thead className="text-xs text-soft">
          <tr>
            <th className="py-2 pr-4 font-medium">{first}</th>
            {others.map((head) => (
              <th key={head} className="px-2 py-2 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name} className="border-t border-rule">
              <th scope="row" className="py-2.5 pr-4 font-medium whitespace-nowrap">
                {name}
              </th>
              {cells.map((cell, index) => (
                <td key={others[index]} className="px-2 text-right whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
