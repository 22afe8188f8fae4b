/** How the demonstration answers are written down: rows of a list, and a variable of step 2 that meets every criterion. */
import type { Row } from '../../domain/forms.ts'

export type Cells = Record<string, string | string[]>
export type Groups = Record<string, Record<string, string | string[] | Row[]>>

export function rows(prefix: string, list: Cells[]): Row[] {
  return list.map((cells, i) => ({ ...cells, id: `${prefix}${i + 1}` }) as Row)
}

const YES = { relevante: 'si', economica: 'si', medible: 'si', asociativa: 'si', consistente: 'si', sensible: 'no' }
const REGISTERED = 'Ya se registra al radicar; no tiene costo adicional y permite comparar entre años.'

/** What each variable of the demonstration means; the other ones are left as the step shows them. */
const DEFINITIONS: Record<string, string> = {
  organismo: 'Organismo al que se dirige la comunicación, según la radicación.',
  tipo_comunicacion: 'Clase de comunicación con la que se radicó: petición, queja, reclamo u otra.',
  canal: 'Canal por el que entró la comunicación.',
  zona: 'Zona de la dirección que la persona informa, urbana o rural.',
  comuna: 'Comuna o corregimiento de la dirección que la persona informa.',
  sexo: 'Sexo que la persona informa al radicar.',
  grupo_etario: 'Grupo de edad cumplida a la fecha de radicación.',
  grupo_poblacional: 'Grupo poblacional al que la persona dice pertenecer.',
  dias_respuesta: 'Días entre la radicación de la comunicación y su respuesta.',
}

export function variable(code: string, desagregacion: string, objetivos: string[], proposito: string): Cells {
  const empty = {
    ...{ codigo: '', nombre: '', categoria: '', justificacion: '', motivo_descarte: '' },
    ...{ unidad: '', valores: '', periodicidad: '', motivo_cambio: '' },
  }
  const definicion = DEFINITIONS[code] ?? ''
  return {
    ...empty,
    ...YES,
    definicion,
    variable: code,
    desagregacion,
    objetivos,
    proposito,
    costo_beneficio: REGISTERED,
  }
}
