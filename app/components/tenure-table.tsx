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

/** The position with its agency under it, or the agency alone where the position names the row. */
function where(hide: Props['hide']): Pick<Column<TenureRow>, 'header' | 'cell'> {
  if (hide === 'person') return { header: tenuresText.agency, cell: (row) => row.agencyName }
  return {
    header: tenuresText.position,
    cell: (row) => (
      <>
        {row.positionName}
        <br />
        <span className="quiet">{row.agencyName}</span>
      </>
    ),
  }
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
    ...(hide === 'position' ? [] : [{ key: 'position', ...where(hide) }]),
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
