import { formatNumber } from './format.ts'

/** What somebody answers for of a difference that cannot be undone (`/riesgos/autocontroles/…/explicar`). */
export const differenceText = {
  title: 'Explicar lo encontrado',
  intro:
    'Lo que ya ocurrió no se puede deshacer: sigue siendo un incumplimiento hasta que alguien explique qué pasó y responda por ello. La explicación queda con su nombre y su cargo, a la vista de control interno.',
  all: (found: number, shown: number) =>
    `Se explica todo lo que escribió la misma transacción: ${formatNumber(found)} filas${found > shown ? `, de las que aquí se ven ${shown}` : ''}.`,
  others: (count: number) => `y ${formatNumber(count)} ${count === 1 ? 'fila' : 'filas'} más de la misma transacción`,
  goneTitle: 'La última ejecución ya no encuentra esto',
  gone: 'No queda nada que explicar aquí. La página del autocontrol dice qué lo incumple ahora.',
  caption: 'Lo que se explica',
  note: 'Qué pasó y por qué no es una alteración',
  noteHelp: 'Diga quién lo hizo, con qué autorización y dónde consta. No escriba datos personales de ciudadanos.',
  submit: 'Explicar y responder por ello',
  link: 'Explicar',
  putRight: 'Se corrige, no se explica: la próxima ejecución lo mira de nuevo',
  answered: 'Explicada: no contará en la próxima ejecución',
  column: 'Explicación',
  done: 'La explicación quedó en la bitácora. Ejecute el control: lo explicado ya no cuenta.',
  incidentHelp:
    'Lo que ya ocurrió no se deshace: averigüe qué pasó y explíquelo. Lo demás, corríjalo. Luego ejecute el control: cuando nada falte, la incidencia se cierra sola.',
  explained: 'Lo que ya se explicó',
  explainedCaption: 'Explicaciones de la más reciente a la más antigua',
  columns: { what: 'Qué se encontró', note: 'Explicación', who: 'Quién responde', when: 'Cuándo' },
}
