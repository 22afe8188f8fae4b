/** Words of risk maps for what the product does with codes of its own: the treatment, and how an activity of its plan stands (domain facts §2.7). */

/** The first is what the product writes. «Reducir» alone is none: whether a risk is mitigated or transferred is not guessed. */
export const MAP_TREATMENTS = {
  mitigate: ['Reducir: mitigar', 'Mitigar'],
  transfer: [
    ...(['Reducir: transferir o compartir', 'Reducir: transferir', 'Reducir: compartir'] as const),
    ...(['Transferir', 'Compartir', 'Transferir o compartir'] as const),
  ],
  avoid: ['Evitar'],
  accept: ['Aceptar', 'Aceptar (pedida)', 'Asumir'],
} as const

export const MAP_PLAN_STATES = {
  closed: ['Cerrada', 'Cerrado', 'Finalizada', 'Finalizado', 'Terminada', 'Terminado', 'Cumplida', 'Cumplido'],
  overdue: ['Vencida', 'Vencido'],
} as const

/** Of an activity whose map has no column for it: the guide asks for its evidence. */
export const MAP_PLAN_INDICATOR = 'Actividad terminada, con su evidencia'
