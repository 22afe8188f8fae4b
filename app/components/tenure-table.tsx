import { Link } from '@remix-run/react'
import { tenuresText } from '../text/administration.ts'
import { formatDate } from '../text/format.ts'
import { type Column, DataTable } from './data-table.tsx'

export interface TenureRow {
  id: string
  personName: string
  positionName: string
  agencyName: string
  kind: 'titular' | 'encargado'
  from: string
  to: string | null
  actReference: string
  inForce: boolean
}

interface Props {
  tenures: TenureRow[]
  /** The page is about one of the two already. */
  hide?: 'person' | 'position'
}

/** Who holds which position between which days, and by what act. */
export function TenureTable({ tenures, hide }: Props) {
  const named = hide === 'person' ? 'position' : 'person'
  const columns: Column<TenureRow>[] = [
    {
      key: named,
      header: tenuresText[named],
      rowHeader: true,
      cell: (row) => (
        <Link className="row-link" to={`/administracion/vinculaciones/${row.id}`}>
          {named === 'person' ? row.personName : row.positionName}
        </Link>
      ),
    },
    ...(hide ? [] : [{ key: 'position', header: tenuresText.position, cell: (row: TenureRow) => row.positionName }]),
    ...(hide === 'position'
      ? []
      : [{ key: 'agency', header: tenuresText.agency, cell: (row: TenureRow) => row.agencyName }]),
    { key: 'kind', header: tenuresText.kind, cell: (row) => tenuresText.kinds[row.kind] },
    { key: 'from', header: tenuresText.from, cell: (row) => formatDate(row.from) },
    { key: 'to', header: tenuresText.to, cell: (row) => (row.to ? formatDate(row.to) : tenuresText.noEnd) },
    {
      key: 'state',
      header: tenuresText.state_,
      cell: (row) => (row.inForce ? tenuresText.inForce : tenuresText.notInForce),
    },
    { key: 'act', header: tenuresText.act, cell: (row) => row.actReference },
  ]
  return <DataTable caption={tenuresText.caption} columns={columns} rows={tenures} rowKey={(row) => row.id} />
}
