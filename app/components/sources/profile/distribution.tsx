import { Heading } from '@navikt/ds-react'
import type { Bar, ProfiledColumn } from '../../../pages/profile.server.ts'
import { formatNumber } from '../../../text/format.ts'
import { profileText } from '../../../text/profile.ts'
import { DataTable } from '../../data-table.tsx'
import { SuppressedCell } from '../../suppressed-cell.tsx'
import { invalidOf } from './columns-table.tsx'

/** Counts of one column with their bars: the table is the chart. */
export function Distribution({ column }: { column: ProfiledColumn }) {
  const { code, label, bars, others, invalid, alike } = column
  const most = Math.max(1, ...bars.map(({ count }) => count ?? 0))
  return (
    <section aria-labelledby={`columna-${code}`}>
      <Heading level="3" size="small" id={`columna-${code}`} spacing>
        {label}
      </Heading>
      {invalidOf(column) > 0 && <p className="quiet">{profileText.invalidBy(invalid)}</p>}
      {alike.length > 0 && <p>▲ {profileText.alike(alike)}</p>}
      <div className="profile-bars">
        <DataTable
          caption={label}
          hideCaption
          rows={bars}
          rowKey={(bar) => bar.value}
          columns={[
            { key: 'value', header: profileText.value, rowHeader: true, cell: (bar) => bar.value },
            { key: 'count', header: profileText.count, numeric: true, cell: (bar) => <Count bar={bar} /> },
            { key: 'bar', header: profileText.bar, cell: (bar) => <Length bar={bar} most={most} /> },
          ]}
        />
      </div>
      {others > 0 && <p className="quiet">{profileText.others(others)}</p>}
    </section>
  )
}

function Count({ bar: { count, isSmall } }: { bar: Bar }) {
  return (
    <>
      <SuppressedCell value={count} />
      {isSmall && count !== null && <span className="quiet"> ({profileText.small})</span>}
    </>
  )
}

/** Blocks of text, in eighths: the same on paper, without styles and at any size. */
function Length({ bar: { count }, most }: { bar: Bar; most: number }) {
  const eighths = Math.round(((count ?? 0) / most) * WIDTH * 8)
  const words = `${formatNumber(Math.round(((count ?? 0) / most) * 100))} %`
  return (
    <span role="img" aria-label={words} className="profile-bar">
      {'█'.repeat(Math.floor(eighths / 8))}
      {PARTS[eighths % 8]}
    </span>
  )
}

const WIDTH = 16
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
