/** Citizens of the demonstration: invented, and named so that nobody takes them for somebody. */
import { DECLINED, type Purpose } from '../../domain/capture-forms.ts'
import type { ScalarValue } from '../../domain/forms.ts'

export interface DemoCitizen {
  given: Purpose[]
  /** By page of the form F004. */
  answers: Record<string, Record<string, ScalarValue>>
}

const SCHOOLING = ['primaria', 'secundaria', 'media', 'tecnico_laboral', 'universitaria']
const MOTIVES = ['tramite', 'servicio', 'informacion', 'peticion']
const COMMUNES = ['Comuna 1', 'Comuna 2', 'Comuna 5', DECLINED]

/** The first has no more than the first pages. */
export const DEMO_CITIZENS: DemoCitizen[] = Array.from({ length: 9 }, (_, i) => {
  const first = {
    identificacion: {
      tipo_documento: 'CC',
      numero_documento: `${1_000_000_100 + i}`,
      nombre: `Persona de Muestra ${i}`,
    },
    demograficas: {
      ...{ edad: `${19 + 7 * i}`, sexo: i % 2 ? 'mujer' : 'hombre', escolaridad: SCHOOLING[i % 5] as string },
      ...{ estrato: `${1 + (i % 3)}`, ocupacion: i % 4 ? 'independiente' : DECLINED },
    },
  }
  if (i === 0) return { given: ['caracterizacion'], answers: first }
  const rest = {
    geograficas: {
      ...{ municipio: '47001', zona: i % 5 ? 'urbana' : 'rural', comuna: COMMUNES[i % 4] as string, barrio: DECLINED },
    },
    intrinsecas: {
      ...{ canal: 'presencial', preferencia_canal: i % 3 ? 'virtual' : 'presencial' },
      ...{ acceso_canales: ['telefono', 'internet'], conocimiento_servicios: i % 2 ? 'si' : 'no' },
    },
    comportamiento: {
      ...{ frecuencia_uso: 'anual', motivacion: MOTIVES[i % 4] as string, beneficio_buscado: 'salud' },
      calificacion: i % 6 ? 'BUENO' : 'REGULAR',
    },
  }
  if (i % 2) return { given: ['caracterizacion'], answers: { ...first, ...rest } }
  const sensitive = {
    ...{ grupo_poblacional: ['ninguno'], grupo_etnico: '6', discapacidad: '08' },
    ...{ identidad_genero: DECLINED, orientacion_sexual: DECLINED },
  }
  return { given: ['caracterizacion', 'sensibles'], answers: { ...first, ...rest, sensibles: sensitive } }
})
