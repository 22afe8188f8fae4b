import { type ConnectionRow, listConnections } from '../../db/connections.ts'
import { decodeCursor, type Page, pageOf } from '../../db/pages.ts'
import { findSource, type SourceRow } from '../../db/sources.ts'
import type { OutsideTable } from '../../domain/connections.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import { Refused } from '../../domain/refusals.ts'
import type { ColumnType } from '../../domain/sources.ts'
import { type Looked, listTablesOutside, lookOutside, type OutsideSample } from '../commands/look-outside.server.ts'
import { asKeeper } from '../connections.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { outsideFailure } from '../text/connections.ts'
import { sourcesFrame } from './source.server.ts'

/** From a connection to a table to its first records, and only then to the data. */

const TABLES_A_PAGE = 25

interface Asked {
  cycleId: string
  sourceId: string
  search: URLSearchParams
}

/** What the page shows of where the data may come from; the other server is asked only while the step is open. */
export async function loadOutside(context: AppContext, actor: Actor, { cycleId, sourceId, search }: Asked) {
  const about = { objectId: sourceId, cycleId, stepCode: '3' } as const
  const { frame, source, connections } = await asKeeper(context, actor, about, async (trx) => {
    const { cycle: _, ...frame } = await sourcesFrame(trx, actor, cycleId)
    const source = await findSource(trx, cycleId, sourceId)
    if (!source) throw new Refused('not_visible')
    return { frame, source, connections: await listConnections(trx) }
  })
  const connection = chosenConnection(connections, source, search.get('conexion'))
  const table = connection ? chosenTable(connection, source, search) : null
  const page = {
    ...frame,
    source: { id: source.id, name: source.name },
    connections: connections.map(shown),
    connection: connection ? shown(connection) : null,
    ...{ table, search: search.get('buscar') ?? '' },
  }
  if (!connection || frame.whyNot !== null) return { ...page, tables: null, sample: null, failure: null }
  const place = { cycleId, sourceId, connectionId: connection.id }
  if (connection.kind === 'http' || table) {
    const looked = await lookOutside(context, actor, place, table)
    return { ...page, tables: null, sample: looked.ok ? sampleOf(looked.found) : null, failure: sentenceOf(looked) }
  }
  const after = tableAt(search.get('desde'))
  const asked = { search: page.search, after, limit: TABLES_A_PAGE + 1 }
  const listed = await listTablesOutside(context, actor, place, asked)
  return { ...page, tables: listed.ok ? pageOfTables(listed.found) : null, sample: null, failure: sentenceOf(listed) }
}

const shown = ({ id, name, kind }: ConnectionRow) => ({ id, name, kind })

/** The one in the address, else the one the data came from. */
function chosenConnection(connections: ConnectionRow[], { origin }: SourceRow, asked: string | null) {
  const wanted = asked ?? origin?.connectionId
  return connections.find(({ id }) => id === wanted)
}

/** The table in the address, else the one the data came from; `otra` asks for the list. */
function chosenTable({ id, kind }: ConnectionRow, { origin }: SourceRow, search: URLSearchParams): OutsideTable | null {
  if (kind === 'http' || search.has('otra') || search.has('buscar') || search.has('desde')) return null
  const [schema, name] = [search.get('esquema'), search.get('tabla')]
  if (schema !== null && name !== null) return { schema, name }
  return origin?.connectionId === id ? origin.table : null
}

function tableAt(cursor: string | null): OutsideTable | null {
  const [schema, name] = decodeCursor(cursor, ['text', 'text']) ?? []
  return schema === undefined || name === undefined ? null : { schema, name }
}

const pageOfTables = (tables: OutsideTable[]): Page<OutsideTable> =>
  pageOf(tables, TABLES_A_PAGE, ({ schema, name }) => [schema, name])

function sentenceOf(looked: Looked<unknown>): string | null {
  if (looked.ok) return null
  const { code, facts } = looked.failure
  return outsideFailure(code, facts)
}

/** Cells of columns that look personal are masked before they leave the server, as in a file's preview. */
function sampleOf({ header, rows, columns }: OutsideSample) {
  const isOpen = proposeMapping(header, rows).map(({ role }) => role === 'variable')
  const types = new Map<string, ColumnType>(columns.map(({ name, type }) => [name, type]))
  return {
    header,
    rows: rows.map((cells) => header.map((_, i) => (isOpen[i] ? (cells[i] ?? '') : null))),
    columns: columns.length === 0 ? [] : header.map((name) => ({ name, type: types.get(name) ?? ('text' as const) })),
  }
}
