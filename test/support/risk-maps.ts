/** A risk map as a browser sends it: a workbook with the columns of the official one. */
import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import { newId } from '../../db/ids.ts'
import { workbookText } from '../../domain/csv-cells.ts'
import type { MapColumn } from '../../domain/risk-map-sheet.ts'
import { type Cell, workbookParts, zipOf } from './workbooks.ts'

export type MapLine = Partial<Record<MapColumn, Cell>>

/** A risk that can be registered, with one control. */
export const MAP_LINE: MapLine = {
  ...{ code: 'RG-1', process: 'Trámites', objective: 'Resolver los trámites a tiempo', typology: 'Gestión' },
  ...{ classification: 'Fraude interno', factor: 'Procesos', area: 'Económica', economic: 'Moderado', times: 300 },
  ...{ immediateCause: 'la demora en la respuesta', rootCause: 'la falta de relevos', consequences: 'Sanciones' },
  ...{ action: 'Coteja cada lunes los trámites vencidos', complement: 'Si hay vencidos avisa y deja el listado' },
  ...{ type: 'Detectivo', implementation: 'Manual', documentation: 'Sin documentar', frequency: 'Aleatoria' },
  ...{ evidence: 'Con registro manual', execution: 'Interna', periodicity: 'Semanal' },
}

export function mapBook(lines: readonly MapLine[]): Buffer {
  const columns = Object.keys(MAP_LINE) as MapColumn[]
  const heading = columns.map((column) => MAP_HEADINGS[column][0])
  const written = (cell: Cell) => (typeof cell === 'string' ? workbookText(cell) : cell)
  const rows = [heading, ...lines.map((line) => columns.map((column) => written(line[column] ?? null)))]
  return zipOf(workbookParts([{ name: 'Mapa de riesgos', rows }]))
}

export function riskMapRequest(lines: readonly MapLine[], ownerId: string, formKey = newId()): Request {
  const form = new FormData()
  for (const [name, value] of Object.entries({ formKey, ownerId, methodology: '' })) form.append(name, value)
  form.append('archivo', new File([new Uint8Array(mapBook(lines))], 'mapa de riesgos.xlsx'))
  return new Request('http://localhost:3000/riesgos/importar', { method: 'POST', body: form })
}
