/** How a professional would read the survey files: the proposal, with the order of each scale and what is not imported. */

import { proposeMapping } from '../../domain/mapping-proposal.ts'
import type { MappedColumn, Mapping, SniffedFile } from '../../domain/sources.ts'
import { ATTENTION, COMPLAINTS, ERRANDS, IN_PERSON, NOT_APPLICABLE, ONLINE, RATING_SCALE } from './survey-files.ts'

const scale = (label: string, allowed: string[]): Partial<MappedColumn> => ({ label, type: 'category', allowed })
const complaints = Object.values(COMPLAINTS).flatMap((list) => list.map(([name]) => name))

const CORRECTIONS: Record<string, Partial<MappedColumn>> = {
  encuesta: { role: 'ignore' },
  aviso: { role: 'ignore' },
  fecha_encuesta: { label: 'Fecha de la encuesta' },
  canal_encuestado: scale(
    'Canal evaluado',
    ATTENTION.map(({ channel }) => channel),
  ),
  gestion: scale(
    'Gestión realizada',
    ERRANDS.map(([name]) => name),
  ),
  calificacion_atencion: scale('Calificación de la atención recibida', [...RATING_SCALE]),
  modalidad: scale('Modalidad del trámite', [IN_PERSON, ONLINE]),
  organismo_evaluado: { label: 'Organismo evaluado' },
  tramite_en_linea: { label: 'Trámite en línea' },
  calificacion_tramite: scale('Calificación del trámite', [...RATING_SCALE]),
  inconformidad: scale('Concepto de inconformidad', [...new Set(complaints), NOT_APPLICABLE]),
}

export function surveyMapping(file: Pick<SniffedFile, 'header' | 'sampleRows'>): Mapping {
  return proposeMapping(file.header, file.sampleRows).map((column) => ({ ...column, ...CORRECTIONS[column.code] }))
}
