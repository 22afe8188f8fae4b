import { doesCount, type SquareState } from '../../../domain/control-year.ts'
import { runStateText, squareText, controlText as words } from '../../text/control-runs.ts'
import { MONTH_NAMES } from '../../text/format.ts'
import { type Column, DataTable } from '../data-table.tsx'

interface Month {
  month: string
  squares: { start: string; state: SquareState }[]
}

const LOOK: Partial<Record<SquareState, 'good' | 'waits' | 'bad'>> = {
  ...{ verified: 'good', open: 'waits', executed: 'waits', omitted: 'waits', missed: 'bad', rejected: 'bad' },
}

const STATES = Object.keys(squareText) as SquareState[]

function wordOf(state: SquareState): string {
  return { ...words.squares, ...runStateText }[state]
}

/** The year of a control: a square with a letter for each period, what the letters mean, and the same as a table. */
export function RunYear({ year, months }: { year: number; months: Month[] }) {
  const present = STATES.filter((state) => months.some(({ squares }) => squares.some((one) => one.state === state)))
  const columns: Column<Month>[] = [
    { key: 'month', header: words.month, rowHeader: true, cell: (month) => <MonthCell {...month} /> },
    ...present.filter(doesCount).map((state) => ({
      ...{ key: state, header: wordOf(state), numeric: true },
      cell: ({ squares }: Month) => squares.filter((one) => one.state === state).length,
    })),
  ]
  return (
    <>
      <figure className="run-year" role="img" aria-label={words.yearPicture(year)}>
        {months.map(({ month, squares }) => (
          <MonthRow key={month} month={month} squares={squares} />
        ))}
      </figure>
      <p className="quiet">
        {words.legend}: {present.map((state) => `${squareText[state]} ${wordOf(state).toLowerCase()}`).join(' · ')}
      </p>
      <DataTable caption={words.yearCaption(year)} columns={columns} rows={months} rowKey={(row) => row.month} />
    </>
  )
}

/** A month in which there was no control says so, and stands in no column. */
function MonthCell({ month, squares }: Month) {
  const [first] = squares
  const apart = first && squares.every(({ state }) => state === first.state) && !doesCount(first.state)
  return (
    <>
      {monthName(month)}
      {apart && <span className="quiet block">{wordOf(first.state)}</span>}
    </>
  )
}

function MonthRow({ month, squares }: Month) {
  return (
    <>
      <span>{monthName(month)}</span>
      <span className="run-year__squares">
        {squares.map(({ start, state }) => (
          <span key={start} className="run-year__square" data-look={LOOK[state]}>
            {squareText[state]}
          </span>
        ))}
      </span>
    </>
  )
}

/** `2027-03`. */
const monthName = (month: string) => MONTH_NAMES[Number(month.slice(5)) - 1] ?? month
