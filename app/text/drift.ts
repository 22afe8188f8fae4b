/** Columns of a new file that are not those approved (E2). */
import type { ColumnChange } from '../../domain/drift.ts'
import { columnTypeNames } from './sources.ts'

const CHANGES: { [K in ColumnChange['kind']]: (change: Extract<ColumnChange, { kind: K }>) => string } = {
  renamed: ({ before, because }) =>
    `Antes se llamaba «${before}» (${because === 'name' ? 'el nombre es casi igual' : 'trae los mismos valores'}).`,
  retyped: ({ before, after }) =>
    `Sus valores eran de tipo «${columnTypeNames[before]}» y ahora parecen «${columnTypeNames[after]}».`,
  removed: () => 'Ya no está en el archivo.',
  added: () => 'Es nueva.',
}

const PROPOSALS: Record<ColumnChange['kind'], string> = {
  renamed: 'Conserva el código y el nombre visible.',
  retyped: 'Conserva el código y cambia el tipo.',
  removed: 'El corte nuevo no la tendrá: revise si otra columna la reemplaza.',
  added: 'Revise abajo su uso y su tipo.',
}

export const driftText = {
  title: 'Las columnas cambiaron',
  why: 'Este archivo no trae las mismas columnas que el aprobado, y por eso no se importó. Revise la propuesta: al importarlo la acepta. Mientras tanto, el paso 3 y el análisis siguen con el corte anterior.',
  /** For the first file of a source that goes on with one of an earlier exercise. */
  whyEarlier: (source: string, vigencia: number) =>
    `Este archivo no trae las mismas columnas que se aprobaron para «${source}» en la vigencia ${vigencia}, y por eso no se importó. Revise la propuesta: al importarlo la acepta. Mientras tanto, esta fuente no tiene corte y no se puede usar.`,
  column: 'Columna',
  change: 'Qué cambió',
  proposal: 'Propuesta',
  changeOf: (change: ColumnChange): string => CHANGES[change.kind](change as never),
  proposalOf: (change: ColumnChange): string => PROPOSALS[change.kind],
  earlier: (source: string, file: string) =>
    `Las cifras de «${source}» son del corte anterior: el archivo «${file}» trae columnas distintas y nadie las ha confirmado.`,
  noSnapshot: (source: string, file: string) =>
    `«${source}» todavía no tiene corte: el archivo «${file}» trae columnas distintas de las del ejercicio anterior y nadie las ha confirmado.`,
  seeSource: 'Ver las columnas que cambiaron',
}
