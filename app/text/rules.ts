import type { BoundFault } from '../../domain/ranges.ts'

/** Words of the form in which a rule is put together: the filter of a figure, the definition of a segment. */
export const rulesText = {
  group: (n: number) => (n === 0 ? 'Condición' : 'y'),
  or: 'o',
  addOr: 'Agregar «o»',
  addAnd: 'Agregar «y»',
  variable: 'Variable de la condición',
  noCondition: 'Sin condición',
  operator: 'Operador',
  operators: { in: 'es', neq: 'no es' } as const,
  values: 'Valores',
  from: 'Desde',
  to: 'Hasta',
  boundsWhy: 'Los dos extremos se incluyen. Deje uno vacío si el rango es abierto.',
  keptValues: (words: string) => `La condición se conserva como está: ${words}.`,
  askRange: 'Quitarla y pedir un rango',
  prioritized: 'Priorizadas en el paso 2',
  others: 'Otras de la fuente',
  faults: {
    bound_not_number: 'Escriba un número, por ejemplo 60 o 17,5.',
    bound_not_date: 'Escriba una fecha válida, por ejemplo 31/01/2026.',
    range_reversed: 'Escriba un valor que no sea menor que el de «Desde».',
  } satisfies Record<BoundFault, string>,
  notPrioritized: (label: string) =>
    `El paso 4 usa solo las variables priorizadas en el paso 2, y «${label}» no lo es. Puede mirarla aquí.`,
  tooFine: (what: string) => `El paso 4 pide solo lo que se puede publicar: ${what} Puede mirarla aquí.`,
  faulty: 'Corrija el rango para ver el resultado.',
}
