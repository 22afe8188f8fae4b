import { MAX_TOGETHER } from '../../domain/together.ts'
import { formatNumber } from './format.ts'

const decisions = (n: number) => (n === 1 ? 'una decisión' : `${formatNumber(n)} decisiones`)

/** Deciding several steps of the inbox at once. */
export const togetherText = {
  title: (n: number) => (n === 0 ? 'Nada que firmar' : `Va a firmar ${decisions(n)}`),
  crumb: 'Decidir varias',
  state:
    'Cada decisión es una firma aparte sobre exactamente el contenido que aparece aquí, con su propio comprobante.',
  nothing: 'Ninguna de las tareas elegidas se puede decidir desde aquí. Abajo dice por qué; ábralas una por una.',
  noneChosen:
    'No eligió ninguna tarea. Vuelva a su bandeja, marque las que quiere decidir y pulse «Decidir las marcadas».',
  most: `Se muestran las primeras ${MAX_TOGETHER}: firme estas y vuelva por las demás.`,
  chosen: 'Lo que va a firmar',
  skipped: 'Lo que no se decide aquí',
  read: (step: string) => `Leer el paso ${step}`,
  line: (step: string, cycle: string) => `Paso ${step} · ${cycle}`,
  content: 'contenido',
  leave: 'Quite la marca de lo que no vaya a firmar.',
  roles: { reviewer: 'Revisado: cumple', approver: 'Aprobado', consent: 'Visto bueno' },
  submit: (n: number) => `Firmar ${decisions(n)}`,
  back: 'Volver a mi bandeja',
  changed: 'El contenido cambió desde que se mostró la lista. Ábralo y léalo antes de decidir.',
  otherTask: 'No espera una revisión ni una aprobación: ábrala para ver qué pide.',
  gone: 'Ya no espera una decisión suya.',
  heldUp: 'No se llegó a esta: una decisión anterior quedó en trámite. Envíela de nuevo cuando termine.',
  resultTitle: (done: number, skipped: number) =>
    `${done === 0 ? 'No quedó firmada ninguna' : done === 1 ? 'Quedó firmada una decisión' : `Quedaron firmadas ${formatNumber(done)} decisiones`}${skipped > 0 ? `; ${formatNumber(skipped)} sin firmar` : ''}`,
  resultState:
    'Si envía de nuevo el mismo formulario no se firma nada dos veces: cada decisión conserva su comprobante.',
  outcomes: { done: 'Firmada', pending: 'En trámite', skipped: 'Sin firmar' },
  receipt: (step: string) => `Comprobante del paso ${step}`,
  /** In the inbox. */
  bar: 'Decidir varias a la vez',
  pick: (line: string) => `Marcar: ${line}`,
  pickAll: 'Marcar todas las de esta página',
  decideChosen: 'Decidir las marcadas',
  decideAll: 'Decidir todas las que cumplen los filtros',
}
