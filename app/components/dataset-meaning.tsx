import { BodyLong } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { openDataText as text } from '../text/open-data.ts'
import { comparabilityText } from '../text/variables.ts'
import { DataTable } from './data-table.tsx'
import { Part } from './dataset.tsx'

export function Dictionary({
  lines,
  page,
}: {
  lines: { variable: string; code: string; values: string[] }[]
  /** Where every column is described. */
  page?: string
}) {
  return (
    <Part title={text.dictionary}>
      <DataTable
        caption={text.dictionary}
        hideCaption
        rows={lines}
        rowKey={(line) => line.code}
        columns={[
          { key: 'variable', header: text.dictionaryColumns.variable, rowHeader: true, cell: (line) => line.variable },
          { key: 'code', header: text.dictionaryColumns.code, cell: (line) => <code>{line.code}</code> },
          {
            ...{ key: 'values', header: text.dictionaryColumns.values },
            cell: (line) => <span className="sentence">{line.values.join(' · ')}</span>,
          },
        ]}
      />
      {page && <Link to={page}>{text.dictionaryPage}</Link>}
    </Part>
  )
}

/** Whether the same variables of the vigencia before mean the same, and by which table where they do not (N11). */
export function Comparison({ vigencia, sentences }: { vigencia: number; sentences: string[] }) {
  return (
    <Part title={comparabilityText.title}>
      {sentences.length === 0 ? (
        <BodyLong className="reading">{comparabilityText.comparable(vigencia)}</BodyLong>
      ) : (
        <ul className="reading">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Part>
  )
}
