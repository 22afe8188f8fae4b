/** Sources that go on with one of an earlier exercise (E2). */
import type { LikenessReason, Period } from '../../domain/continuity.ts'
import { formatDate } from './format.ts'

interface Named {
  name: string
  vigencia: number
}

const BECAUSE: Record<LikenessReason, string> = {
  name_and_owner: 'se llama igual y es del mismo organismo',
  name: 'se llama igual',
  near_name_and_owner: 'se llama casi igual y es del mismo organismo',
}

const nameOf = ({ name, vigencia }: Named) => `«${name}», vigencia ${vigencia}`

export const continuityText = {
  field: 'Continúa una fuente de un ejercicio anterior',
  fieldHelp:
    'Así se recuerda cómo se leía su archivo, y el primero que cargue aquí se compara con las columnas que ya se aprobaron.',
  none: 'No continúa ninguna',
  option: ({ name, vigencia, cycleName }: Named & { cycleName: string }) => `${name} (${vigencia}, ${cycleName})`,
  fact: 'Continúa',
  of: nameOf,
  /** On the page of a new source whose contract was taken from an earlier one. */
  prefilled: (source: Named) =>
    `El contrato viene propuesto de ${nameOf(source)}, con el periodo siguiente. Revíselo antes de guardar.`,
  seam: ({ kind, periodFrom, periodTo }: Period & { kind: 'gap' | 'overlap' }) =>
    kind === 'gap'
      ? `Entre el periodo de esa fuente y el de esta quedan días sin datos: del ${formatDate(periodFrom)} al ${formatDate(periodTo)}.`
      : `El periodo de esta fuente repite días de aquella: del ${formatDate(periodFrom)} al ${formatDate(periodTo)}.`,
  title: 'Continuidad con un ejercicio anterior',
  likely: (source: Named, because: LikenessReason) =>
    `Parece continuar ${nameOf(source)}: ${BECAUSE[because]}. Si es así, se recuerda cómo se leía su archivo y se avisa si sus columnas cambiaron.`,
  accept: 'Sí, continúa esa fuente',
  goesOn: (source: Named) =>
    `El primer archivo de esta fuente se compara con el último que se aceptó de ${nameOf(source)}, y se propone leerlo igual.`,
  goesOnNowhere: 'Si es la misma fuente de otro año, dígalo antes de cargar el archivo.',
  change: 'Elegir otra fuente',
  choose: 'Elegir de cuál continúa',
  save: 'Guardar la continuidad',
  earlier: 'De ejercicios anteriores',
  earlierWhy: 'Fuentes que ya se leyeron en otra vigencia y que este ejercicio todavía no continúa.',
  columns: { source: 'Fuente', act: 'Acción', exercise: 'Ejercicio', period: 'Periodo', freshness: 'Actualidad' },
  exercise: (cycleName: string, vigencia: number) => `${cycleName} (${vigencia})`,
  start: 'Continuar',
  startOf: (name: string) => `Continuar «${name}» en este ejercicio`,
}
