import { exactPercent, percentText, roundedPercent } from '../../domain/exact-percent.ts'
import type { RISK_FIELDS } from '../../domain/risk-inputs.ts'
import type { EvidenceState } from '../../domain/risk-methodology.ts'
import type { PlaceName } from '../../domain/risks.ts'
import { formatNumber } from './format.ts'

/** With two decimals at most (domain facts §2.6). */
const percent = (value: string) => `${roundedPercent(value).replace('.', ',')} %`

/** Pages of the risk map (`/riesgos`). */
export const risksText = {
  title: 'Riesgos',
  intro: 'Los riesgos del proceso: cuánto pesan, qué controles los reducen y cuánto de esa reducción está demostrado.',
  new: 'Registrar un riesgo',
  open: (code: string) => `Abrir el riesgo ${code}`,
  caption: 'Riesgos por su número',
  emptyTitle: 'Todavía no hay riesgos registrados',
  empty: 'Registre el primer riesgo del proceso: la valoración se calcula con la guía de la Función Pública.',
  columns: {
    code: 'Código',
    description: 'Riesgo',
    owner: 'Responde',
    inherent: 'Inherente',
    declared: 'Residual declarado',
    demonstrated: 'Residual demostrado',
    controls: 'Controles',
  },
  places: {
    inherent: 'Antes de los controles',
    declared: 'Residual declarado',
    demonstrated: 'Residual demostrado',
  } satisfies Record<PlaceName, string>,
  placeHelp: {
    inherent: 'Zona inherente: el riesgo sin ningún control.',
    declared: 'Según el diseño de los controles.',
    demonstrated: 'Solo cuentan los controles con evidencia vigente.',
  } satisfies Record<PlaceName, string>,
  mapTitle: 'Mapa de calor',
  mapCaption: (place: string) => `${place}: riesgos por probabilidad e impacto`,
  mapLabel: 'Qué muestra el mapa',
  views: { residual: 'Declarado y demostrado', inherent: 'Antes de los controles' },
  rising: (n: number) => (n === 1 ? 'Un riesgo sube: ver por qué' : `${formatNumber(n)} riesgos suben: ver por qué`),
  noneRises: 'Lo demostrado es igual a lo declarado en todos los riesgos.',
  ofRising:
    'Riesgos cuyo residual demostrado es mayor que el declarado: la página de cada uno dice qué control no está demostrado.',
  left: (p: string, i: string) => `${percent(p)} × ${percent(i)}`,
  methodologyLabel: 'Metodología',
  probability: 'Probabilidad',
  impact: 'Impacto',
  cell: (n: number, probability: string, impact: string, zone: string) =>
    `${n === 1 ? '1 riesgo' : `${n} riesgos`} con probabilidad ${probability} e impacto ${impact}, zona ${zone}`,
  ofCell: (place: string, probability: string, impact: string) =>
    `${place}: riesgos con probabilidad ${probability} e impacto ${impact}.`,
  here: 'Aquí:',
  showAll: 'Ver todos',
  done: { registrado: 'El riesgo quedó registrado.' },
}

export const riskText = {
  of: (code: string) => `Riesgo ${code}`,
  placesTitle: 'Dónde está',
  placesCaption: 'Probabilidad, impacto y zona, antes y después de los controles',
  place: 'Momento',
  zone: 'Zona',
  facts: {
    process: 'Proceso',
    objective: 'Objetivo',
    typology: 'Tipología',
    owner: 'Responde',
    methodology: 'Metodología',
    classification: 'Clasificación',
    factor: 'Factor',
    causes: 'Causas',
    consequences: 'Consecuencias',
    times: 'Veces al año',
  },
  controlsTitle: 'Controles',
  controlsCaption: 'Controles del riesgo',
  noControls: 'Este riesgo no tiene controles: el residual es igual al inherente.',
  addControl: 'Agregar un control',
  controlColumns: {
    code: 'Código',
    action: 'Qué hace',
    owner: 'Responsable',
    design: 'Diseño',
    periodicity: 'Cada cuánto',
    state: 'Evidencia',
  },
  openControl: (code: string) => `Abrir el control ${code}`,
  shownBy: 'Lo demuestra el autocontrol',
  retired: (reason: string) => `Retirado: ${reason}`,
  traceTitle: 'De dónde sale el residual',
  traceCaption: 'Cada control se aplica sobre lo que queda del anterior',
  trace: { control: 'Control', axis: 'Reduce' },
  /** One step of a reading, as the guide writes it: what was left, what the control takes of that, and what is left then. */
  step: ({ before, weight, after }: { before: string; weight: number; after: string }) => {
    const sign = [before, after].some((one) => roundedPercent(one) !== percentText(exactPercent(one))) ? '≈' : '='
    return `${percent(before)} − (${percent(before)} × ${weight} %) ${sign} ${percent(after)}`
  },
  /** Of a methodology that scores the design: what the control counts in the mean of all, and the level they bring it down to. */
  scored: ({ before, weight, after }: { before: string; weight: number; after: string }) =>
    before === after
      ? `Cuenta ${weight} de 100`
      : `Cuenta ${weight} de 100; el conjunto: de ${percent(before)} a ${percent(after)}`,
  axes: { probability: 'Probabilidad', impact: 'Impacto' },
  noTrace: 'Sin controles no hay nada que restar.',
  historyTitle: 'Valoraciones',
  historyCaption: 'Cada valoración conserva la metodología con que se hizo',
  history: {
    n: 'Número',
    zone: 'Zona inherente',
    methodology: 'Metodología',
    when: 'Cuándo',
    who: 'Quién',
    why: 'Motivo',
  },
  first: 'Primera valoración',
  reassess: 'Valorar de nuevo',
  retireTitle: 'Retirar un control',
  retireIntro: 'El control deja de reducir el riesgo desde ahora. Lo registrado se conserva.',
  retireWhich: 'Control',
  retireReason: 'Motivo',
  retire: 'Retirar el control',
  done: {
    registrado: 'El riesgo quedó registrado.',
    valorado: 'La nueva valoración quedó registrada.',
    control: 'El control quedó agregado y el residual se calculó de nuevo.',
    trasladado: 'El riesgo pasó a la otra metodología; la valoración anterior se conserva como se hizo.',
    retirado: 'El control quedó retirado y el residual se calculó de nuevo.',
  },
  evidence: {
    current: 'Evidencia vigente',
    expired: 'Sin evidencia vigente',
    failed: 'Falló',
    never: 'Nunca se ha demostrado',
  } satisfies Record<EvidenceState, string>,
  percent,
}

/** What each field of a risk is called. */
const labels = {
  process: 'Proceso',
  objective: 'Objetivo del proceso',
  ownerId: 'Cargo que responde por el riesgo',
  classification: 'Clasificación',
  factor: 'Factor',
  area: 'Qué se vería afectado',
  immediateCause: 'Causa inmediata',
  rootCause: 'Causa raíz',
  assetKind: 'Tipo de activo',
  asset: 'Activo de información',
  property: 'Qué se perdería',
  threat: 'Amenaza',
  vulnerability: 'Vulnerabilidad',
  consequences: 'Consecuencias',
  description: 'Redacción del riesgo',
  timesPerYear: 'Veces al año que se hace la actividad',
  probability: 'Cada cuánto se ha presentado',
  economic: 'Impacto económico',
  reputational: 'Impacto reputacional',
  yes: 'Si el riesgo se materializara, podría…',
  reason: 'Motivo de la nueva valoración',
} satisfies Record<(typeof RISK_FIELDS)[number], string>

export const riskFormText = {
  newTitle: 'Registrar un riesgo',
  newIntro: 'Elija de qué tipo es el riesgo; después se describe y se valora con la metodología que usa la entidad.',
  chooseTitle: 'Cada tipo de riesgo se valora con la metodología que la entidad eligió para él.',
  choose: 'Continuar',
  kind: 'Tipo de riesgo',
  kindOf: (typology: string, methodology: string) => `${typology} (${methodology})`,
  kindMissing: 'Elija el tipo de riesgo para continuar.',
  of: (typology: string, methodology: string) =>
    `${typology} · ${methodology}. Antes de guardar verá cómo queda redactado y en qué zona.`,
  reassessTitle: (code: string) => `Valorar de nuevo el riesgo ${code}`,
  reassessIntro:
    'La valoración anterior se conserva tal como se hizo, con su metodología. Antes de guardar verá en qué zona queda.',
  definitionTitle: '¿Es un riesgo de corrupción?',
  definitionIntro: 'Lo es si las cuatro respuestas son afirmativas.',
  yes: 'Sí',
  no: 'No',
  otherKind: (typology: string) => `Pasarlo a ${typology}`,
  otherKindHelp: 'Lo que ya escribió se conserva.',
  whereTitle: 'Dónde se presenta',
  causeTitle: 'Qué puede pasar y por qué',
  weighTitle: 'Cuánto pesa',
  againTitle: 'Por qué se valora de nuevo',
  labels,
  harm: (name: string) => `Afectación ${name}`,
  areaHelp: 'De aquí salen los impactos que se piden más abajo.',
  immediateHelp: 'La circunstancia en que se presenta. Completa la frase: «por …».',
  rootHelp: 'El origen de esa circunstancia. Completa la frase: «debido a …».',
  consequencesHelp: 'Una por línea.',
  timesHelp: 'De aquí sale la probabilidad: es la exposición de la actividad, no las veces que ha fallado.',
  notApplicable: 'No aplica',
  questionsHelp: 'Marque las que respondería con un sí: según cuántas sean sale el impacto.',
  review: 'Revisar',
  smlmv: (min: number, max: number | null) =>
    max === null ? `desde ${formatNumber(min)} SMLMV` : `de ${formatNumber(min)} a ${formatNumber(max)} SMLMV`,
  choosePosition: 'Elija un cargo',
  chooseOne: 'Elija una opción',
}

/** What a field is called, by its name in the form; empty of what has none. */
export const riskFieldLabel = (name: string): string =>
  Object.hasOwn(labels, name) ? labels[name as keyof typeof labels] : ''

export const controlFormText = {
  title: (code: string) => `Agregar un control al riesgo ${code}`,
  intro:
    'Un control se redacta con su responsable, la acción y el complemento. Los pesos son los de la metodología del riesgo.',
  whoTitle: 'Responsable, acción y complemento',
  owner: 'Responsable de ejecutarlo',
  action: 'Acción',
  actionHelp: 'Con un verbo: verifica, coteja, valida, revisa.',
  complement: 'Complemento',
  complementHelp: 'Cada cuánto se hace, qué pasa con las desviaciones y qué evidencia queda.',
  designTitle: 'Diseño',
  type: 'Tipo',
  implementation: 'Implementación',
  weight: (name: string, weight: number) => `${name} (${weight} %)`,
  points: (name: string, points: number) => `${name} (${points} puntos)`,
  documentation: 'Documentación',
  frequency: 'Frecuencia',
  record: 'Evidencia que deja',
  execution: 'Ejecución',
  periodicity: 'Cada cuánto se ejecuta',
  automaticCheck: 'Autocontrol que lo demuestra (opcional)',
  automaticCheckHelp:
    'Solo se ofrecen los que tratan de lo que puede pasar en este riesgo. Sus ejecuciones cuentan como evidencia cuando encuentran algo que mirar: si falla, el residual demostrado sube el mismo día.',
  noAutomaticCheck: 'Ninguno: la evidencia la trae quien lo ejecuta',
  submit: 'Agregar el control',
}

/** What a field that is written is called, by its name in the form of a control; empty of one that is chosen. */
export const controlFieldLabel = (name: string): string =>
  name === 'action' || name === 'complement' ? controlFormText[name] : ''
