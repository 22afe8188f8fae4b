import { METHODOLOGIES } from '../../catalog/methodologies/index.ts'
import { versionTitle } from '../../catalog/methodologies/titles.ts'
import type { EvidenceState, Methodology, MethodologyKey } from '../../domain/risk-methodology.ts'
import { formatNumber } from './format.ts'

/** What a methodology is called: versions of the entity's own say their number. */
export function methodologyTitle({ name }: Pick<Methodology, 'name'>, { n }: Pick<MethodologyKey, 'n'>): string {
  return versionTitle(name, n)
}

/** By its code alone, as events and refusals hold it: what an entity called its copy is not in them. */
export function methodologyName(code: string, n: number): string {
  return versionTitle(METHODOLOGIES.find((one) => one.code === code)?.name ?? 'Metodología', n)
}

export function typologyName(code: string): string {
  const all = METHODOLOGIES.flatMap(({ typologies }) => typologies)
  return all.find((one) => one.code === code)?.name ?? 'de la entidad'
}

/** Pages of methodologies (`/riesgos/metodologias`). */
export const methodologiesText = {
  title: 'Metodologías',
  link: 'Metodologías',
  intro:
    'Con qué se valoran los riesgos: las guías de la Función Pública y las versiones que la entidad adapta de ellas. Lo valorado conserva siempre su versión.',
  listCaption: 'Metodologías y versiones',
  columns: { name: 'Metodología', origin: 'De dónde sale', published: 'Publicada', use: 'Se usa para' },
  shipped: 'De la Función Pública',
  copied: (base: string) => `Adaptada de ${base}`,
  always: 'Viene con el sistema',
  usedFor: (typologies: readonly string[]) =>
    typologies.length === 0 ? 'Ninguna valoración nueva' : typologies.join(', '),
  draftsTitle: 'Copias en preparación',
  openDraft: (name: string) => `Seguir con la copia de ${name}`,
  choiceTitle: 'Con qué se valora cada tipo de riesgo',
  choiceIntro:
    'Vale para las valoraciones nuevas. Los riesgos ya valorados siguen en su versión hasta que alguien los pase a otra. La elige la jefatura que lidera el proceso o la alcaldía, nunca quien publicó la versión.',
  choiceCaption: 'Metodología de cada tipología',
  choiceColumns: { typology: 'Tipología', methodology: 'Metodología', why: 'Por qué', who: 'Quién y cuándo' },
  byEntity: 'La de la entidad',
  byDefault: 'Nadie ha elegido: se usa la guía más reciente que la contempla',
  choose: 'Elegir',
  whichTypology: 'Tipología',
  every: 'Todas las que no tienen una propia',
  whichMethodology: 'Metodología',
  reason: 'Motivo',
  done: { elegida: 'La elección quedó registrada.', descartada: 'La copia quedó descartada.' },
}

export const methodologyText = {
  published: (n: number, position: string, day: string) => `Versión propia ${n}, publicada por ${position} el ${day}.`,
  shipped: (source: string) => source,
  reason: 'Motivo de la versión',
  copy: 'Hacer una copia para adaptarla',
  copyOpen: 'Seguir con la copia en preparación',
  matrixTitle: 'Matriz de probabilidad e impacto',
  matrixCaption: 'Zona de cada combinación de probabilidad e impacto',
  probabilityTitle: 'Probabilidad',
  impactTitle: 'Impacto',
  levelColumns: { name: 'Nivel', percent: 'Porcentaje', from: 'Desde', words: 'Cuándo' },
  times: (from: number) => (from === 1 ? '1 vez al año' : `${formatNumber(from)} veces al año`),
  smlmv: (from: number) => `${formatNumber(from)} SMLMV`,
  answers: (from: number) => `${from} respuestas afirmativas`,
  zonesTitle: 'Zonas y tratamiento',
  zonesCaption: 'Qué se puede hacer en cada zona',
  zoneColumns: { name: 'Zona', accepts: 'Quién acepta', evidence: 'Pide evidencia vigente', review: 'Se revisa' },
  nobody: 'Nadie: no se acepta',
  yes: 'Sí',
  no: 'No',
  months: (n: number) => (n === 1 ? 'Cada mes' : `Cada ${n} meses`),
  typologiesTitle: 'Tipologías y redacción',
  typologiesCaption: 'Tipologías con su redacción y su apetito',
  typologyColumns: {
    name: 'Tipología',
    wording: 'Redacción',
    acceptable: 'Se puede aceptar',
    appetite: 'Apetito hasta',
  },
  never: 'Nunca',
  noAppetite: 'Ninguna zona',
  weightsTitle: 'Peso de los controles',
  weightsCaption: 'Cuánto quita cada control de lo que queda',
  weightColumns: { name: 'Atributo', weight: 'Peso', axis: 'Reduce' },
  own: (way: string, typology: string) => `${way}, en ${typology}`,
  scoreCaption: 'Puntos del diseño de un control',
  evidenceTitle: 'Qué cuenta según la evidencia',
  evidenceCaption: 'Parte de su peso que conserva un control en el residual demostrado',
  evidenceColumns: { state: 'Evidencia', share: 'Conserva' },
  evidence: {
    current: 'Vigente',
    expired: 'Vencida',
    failed: 'Fallida',
    never: 'Nunca demostrada',
  } satisfies Record<EvidenceState, string>,
  axes: { probability: 'Probabilidad', impact: 'Impacto' },
  percent: (n: number) => `${n} %`,
  done: {
    publicada:
      'La versión quedó publicada. Las valoraciones nuevas la usarán cuando la jefatura que lidera el proceso o la alcaldía la elija en Metodologías; no puede elegirla quien la publicó.',
  },
}

export const methodologyDraftText = {
  title: (name: string) => `Adaptar ${name}`,
  state: (position: string, when: string) => `Última versión guardada por ${position}, ${when}.`,
  intro:
    'Se guarda completa o no se guarda: lo que no cuadre se señala en su campo. Nada de lo valorado cambia hasta que alguien publique la copia y la elija.',
  name: 'Nombre de la metodología',
  level: (n: number, name: string) => `Nivel ${n}: ${name}`,
  newLevel: 'nuevo',
  nameless: 'sin nombre',
  addFirst: 'Agregar un nivel antes del primero',
  addAfter: 'Agregar un nivel después',
  addAfterNamed: (name: string) => `Agregar un nivel después de ${name}`,
  remove: 'Quitar este nivel',
  removeNamed: (name: string) => `Quitar este nivel: ${name}`,
  levelsHelp: (least: number, most: number) =>
    `Puede agregar y quitar niveles: la escala tiene de ${least} a ${most}. Los riesgos ya valorados no cambian; al pasarlos a la versión nueva se pregunta a qué nivel va cada uno.`,
  changed: {
    add: 'Hay un nivel nuevo. Escriba su nombre, su porcentaje y dónde comienza, y elija las zonas que le faltan a la matriz. Nada se ha guardado todavía.',
    remove: 'El nivel se quitó, con su línea de la matriz. Nada se ha guardado todavía.',
  },
  cellMissing: 'Elija la zona',
  levelName: 'Nombre',
  percent: 'Porcentaje',
  from: {
    times: 'Desde cuántas veces al año',
    economic: 'Desde cuántos SMLMV',
    yes: 'Desde cuántas respuestas afirmativas',
  },
  first: 'El primer nivel comienza en 0.',
  words: 'Cómo se explica',
  cell: (probability: string, impact: string) => `Zona de probabilidad ${probability} con impacto ${impact}`,
  zone: (name: string) => `Zona ${name}`,
  zoneName: 'Nombre',
  acceptedBy: 'Quién la acepta',
  needsEvidence: 'Para aceptarla, cada control necesita evidencia vigente',
  reviewMonths: 'Meses entre dos revisiones',
  reviewMonthsHelp: (least: number, most: number) => `De ${least} a ${most} meses.`,
  typology: (name: string) => `Tipología ${name}`,
  typologyName: 'Nombre',
  wording: 'Redacción',
  wordingHelp: (fields: readonly string[]) => `Puede usar ${fields.map((one) => `{${one}}`).join(', ')}.`,
  isAcceptable: 'Se puede aceptar',
  neverAcceptable: 'La guía no permite aceptar riesgos de esta tipología.',
  appetite: 'Apetito: zona hasta la que se tolera',
  weight: (name: string) => `Peso de ${name} (%)`,
  ownWeight: (way: string) => `Peso de ${way} en esta tipología (%)`,
  ownHelp: 'Vacío: el peso general.',
  points: (question: string, option: string) => `Puntos de «${option}»: ${question}`,
  grade: (name: string) => `Calificación ${name}`,
  gradeFrom: 'Desde cuántos puntos',
  gradeCounts: 'Cuenta en el promedio (%)',
  gradeLevels: 'Niveles que baja la probabilidad',
  share: (state: string) => `Evidencia ${state.toLowerCase()} (%)`,
  save: 'Guardar la copia',
  publishTitle: 'Publicar como versión nueva',
  publishIntro:
    'La versión queda con su número y nadie la cambia después. Publique lo que está guardado: guarde primero lo que haya cambiado arriba.',
  publishReason: 'Por qué adapta la entidad esta metodología',
  publish: 'Publicar la versión',
  discardTitle: 'Descartar la copia',
  discardIntro: 'La copia se borra. Las versiones publicadas y los riesgos no cambian.',
  discard: 'Descartar la copia',
  done: { copiada: 'La copia está lista para adaptarla.', guardada: 'La copia quedó guardada.' },
}
