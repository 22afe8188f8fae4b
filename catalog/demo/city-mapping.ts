/** How a professional would read the demonstration file: the proposal, with what only a person knows. */

import { proposeMapping } from '../../domain/mapping-proposal.ts'
import type { MappedColumn, Mapping, SniffedFile } from '../../domain/sources.ts'
import { CHANNELS } from './city-file.ts'

const CORRECTIONS: Record<string, Partial<MappedColumn>> = {
  canal: { allowed: CHANNELS.map(([value]) => value), required: true },
  organismo: { required: true },
  fecha_radicacion: { required: true },
}

export function cityMapping(
  file: Pick<SniffedFile, 'header' | 'sampleRows'>,
  more: Record<string, Partial<MappedColumn>> = {},
): Mapping {
  const corrections = { ...CORRECTIONS, ...more }
  return proposeMapping(file.header, file.sampleRows).map((column) => ({ ...column, ...corrections[column.code] }))
}
