import { Link } from '@remix-run/react'
import type { IncidentLine } from '../../db/incidents.ts'
import { incidentName, systemText } from '../text/administration.ts'
import { formatInstant } from '../text/format.ts'
import type { Column } from './data-table.tsx'
import { IncidentObject } from './incident-object.tsx'

/** What happened, about what and since when. */
export const INCIDENT_COLUMNS: Column<IncidentLine>[] = [
  {
    key: 'kind',
    header: systemText.incident,
    rowHeader: true,
    cell: (row) => <Link to={`/administracion/sistema/incidencias/${row.id}`}>{incidentName(row.kind)}</Link>,
  },
  { key: 'object', header: systemText.object, cell: (row) => <IncidentObject incident={row} /> },
  { key: 'at', header: systemText.openedAt, cell: (row) => formatInstant(row.openedAt) },
]
