import type { CauseMethod, FindingOrigin, FindingStatus } from '../../domain/findings.ts'
import { formatDay } from './format.ts'

export const findingStateText: Record<FindingStatus, string> = {
  to_analyse: 'Por analizar',
  in_plan: 'En plan',
  closed: 'Cerrado',
}

export const findingOriginText: Record<FindingOrigin, string> = {
  audit: 'Auditoría',
  control: 'Control',
  review: 'Revisión de un riesgo',
  indicator: 'Indicador',
  event: 'Evento que ocurrió',
  recommendation: 'Recomendación sin efecto',
  commitment: 'Compromiso sin efecto',
  risk: 'Plan de un riesgo sin efecto',
}

/** List of findings (`/mejora/hallazgos`). */
export const findingsText = {
  title: 'Hallazgos',
  intro:
    'Lo que mostraron auditorías, controles, revisiones e indicadores: por qué pasó, qué se hace para que no se repita y si tuvo efecto.',
  caption: 'Hallazgos, primero los más recientes',
  columns: {
    code: 'Código',
    condition: 'Hallazgo',
    origin: 'Origen',
    owner: 'Responde',
    actions: 'Acciones con efecto',
    status: 'Estado',
  },
  ofActions: (effective: number, actions: number) => (actions === 0 ? 'Sin acciones' : `${effective} de ${actions}`),
  open: (code: string) => `Abrir el hallazgo ${code}`,
  emptyTitle: 'Todavía no hay hallazgos',
  empty:
    'Un hallazgo llega aquí cuando control interno lo registra, cuando falla un control, cuando un indicador pasa su umbral crítico o cuando una acción de mejora no tuvo efecto.',
}

/** A finding, as it is recorded. */
export const newFindingText = {
  title: 'Registrar un hallazgo',
  state:
    'El hallazgo pide un plan a quien responde: primero las causas, después las acciones. Lo que escriba ya no cambia.',
  new: 'Registrar un hallazgo',
  sourceTitle: 'De dónde sale',
  origin: 'Qué lo mostró',
  originNone: 'Elija una opción',
  source: 'Documento o hecho',
  sourceHelp: 'Por ejemplo: Informe de auditoría interna 04 de 2026.',
  radicado: 'Radicado (opcional)',
  foundOn: 'Fecha del documento',
  risk: 'Riesgo (opcional)',
  riskHelp: 'Código del riesgo al que se refiere, por ejemplo R-001. Escriba para elegirlo de la lista.',
  ofRisk: (code: string, description: string) => `Se registra sobre el riesgo ${code}: ${description}`,
  findingTitle: 'Qué se encontró',
  criterion: 'Criterio',
  condition: 'Condición',
  cause: 'Causa',
  effect: 'Efecto',
  help: {
    criterion: 'Lo que se debía cumplir: la norma, el procedimiento o el documento, con su artículo o paso.',
    condition: 'Lo que se encontró al compararlo con el criterio.',
    cause: 'Por qué pasó, a primera vista: quien responde analiza después las causas.',
    effect: 'Qué consecuencia tiene, o puede tener.',
  },
  ownerTitle: 'Quién responde',
  owner: 'Cargo que responde por el plan',
  ownerNone: 'Elija un cargo',
  ownerOf: (name: string, agency: string) => (name === agency ? name : `${name}, ${agency}`),
  submit: 'Registrar el hallazgo',
}

/** One finding with its plan. */
export const findingText = {
  of: (code: string) => `Hallazgo ${code}`,
  state: {
    to_analyse: (owner: string, day: string | null) =>
      `Espera que ${owner} analice las causas${day ? `, hasta el ${formatDay(day)}` : ''}.`,
    in_plan: (closer: string) =>
      `Sus causas están analizadas. Se cierra cuando una revisión de eficacia diga que las acciones tuvieron efecto; lo cierra ${closer}.`,
    without_actions: (owner: string, day: string | null) =>
      `Sus causas están analizadas y el plan no tiene acciones: espera que ${owner} las planee${day ? `, hasta el ${formatDay(day)}` : ''}.`,
    closed: () => 'Está cerrado. Lo que se hizo queda aquí.',
  },
  again: (round: number) => `Se abrió de nuevo: análisis de causas número ${round}.`,
  findingTitle: 'El hallazgo',
  facts: {
    origin: 'Origen',
    source: 'Documento o hecho',
    radicado: 'Radicado',
    foundOn: 'Fecha',
    criterion: 'Criterio',
    condition: 'Condición',
    cause: 'Causa a primera vista',
    effect: 'Efecto',
    owner: 'Responde por el plan',
    closer: 'Verifica y cierra',
    wroteIt: 'Lo registró',
    byItself: 'El sistema',
    risk: 'Riesgo',
    control: 'Control',
    action: 'Acción que no tuvo efecto',
  },
  causesTitle: 'Causas',
  noCauses: 'Todavía nadie analizó las causas.',
  methods: { five_whys: 'Cinco porqués', list: 'Lista de causas' } satisfies Record<CauseMethod, string>,
  why: (n: number) => `Porqué ${n}`,
  cause: (n: number) => `Causa ${n}`,
  root: 'Causa raíz',
  analysis: (round: number) => `Análisis ${round}`,
  analysisBy: (position: string, person: string) => (position === person ? position : `${person}, ${position}`),
  analyseTitle: 'Analizar las causas',
  method: 'Cómo se analizaron',
  steps: 'Respuestas o causas',
  stepsHelp:
    'Una por línea. Con los cinco porqués, cada línea responde por qué pasó lo de la línea anterior: de tres a cinco.',
  rootHelp: 'La que las acciones deben quitar para que no se repita.',
  analyse: 'Guardar las causas',
  actionsTitle: 'Acciones del plan',
  actionsCaption: 'Acciones del plan y su estado',
  noActions: 'El plan todavía no tiene acciones.',
  actionColumns: { code: 'Código', what: 'Acción', owner: 'Responde', day: 'Hasta', status: 'Estado' },
  planTitle: 'Agregar una acción',
  what: 'Qué se debe hacer',
  actionOwner: 'Cargo que responde por la acción',
  due: 'Plazo',
  indicator: 'Cómo se sabrá que se cumplió',
  plan: 'Agregar la acción',
  closeTitle: 'Cierre',
  closeIntro: 'Se cierra cuando otra persona revisó la eficacia y dijo que las acciones tuvieron efecto.',
  note: 'Qué se logró y en qué se ve',
  close: 'Cerrar el hallazgo',
  closedBy: (position: string, when: string) => `Lo cerró ${position} el ${when}.`,
  done: {
    hallazgo: 'Se registró el hallazgo. Quien responde recibe los avisos del plazo.',
    causas: 'Se guardaron las causas. Ahora planee las acciones: queda como tarea, con su plazo.',
    accion: 'Se agregó la acción. Quien responde por ella recibe los avisos del plazo.',
    cierre: 'Se cerró el hallazgo.',
  } as Record<string, string>,
}
