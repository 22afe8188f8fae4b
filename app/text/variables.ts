/** The catalogue of variables: what changed from one version to the next, what breaks a series and what joins it again. */
import { COLLECTED_WORDS } from '../../catalog/forms/step-2.ts'
import { conversionWords } from '../../catalog/open-data-words.ts'
import { CATEGORY_NAMES, type VariableCategory } from '../../catalog/variables.ts'
import type { CrosswalkProblem } from '../../domain/crosswalks.ts'
import type { SeriesCell } from '../../domain/joined-series.ts'
import type { SeriesBreak } from '../../domain/series.ts'
import type { Collected, DefinitionChange, VariableDefinition } from '../../domain/variable-definitions.ts'
import type { Criterion } from '../../domain/variables.ts'
import { formatDayOf, formatInstant, formatNumber, formatShare } from './format.ts'

/** The value an address carries for each state of the list. */
export const STATE_VALUES = { prioritized: 'priorizada', dropped: 'no-priorizada', broken: 'interrumpida' } as const

export const variablesText = {
  title: 'Variables',
  intro:
    'El catálogo de la entidad: qué significa cada variable, desde cuándo, cómo se priorizó y hasta dónde se puede comparar entre vigencias.',
  emptyTitle: 'El catálogo todavía no tiene variables',
  empty: 'Las variables entran aquí cuando se aprueba el paso 2 de un ejercicio. Elabórelas en ese paso.',
  nothingMatches: 'Ninguna variable cumple estos filtros',
  nothingMatchesWhy: 'Quite alguno para ver las demás.',
  toCycles: 'Ver los ejercicios',
  caption: 'Variables del catálogo',
  filters: {
    title: 'Filtrar variables',
    text: 'Nombre o código',
    category: 'Categoría',
    allCategories: 'Todas las categorías',
    state: 'Estado',
    allStates: 'Todos los estados',
    states: { prioritized: 'Priorizada', dropped: 'No priorizada', broken: 'Con la serie interrumpida' },
    apply: 'Filtrar',
    clear: 'Quitar filtros',
  },
  columns: { name: 'Variable', category: 'Categoría', version: 'Definición', score: 'Puntaje', state: 'Serie' },
  since: (version: number, vigencia: number) => `Versión ${version}, desde ${vigencia}`,
  judged: (score: number, prioritized: boolean, vigencia: number) =>
    `${score} de 5 en ${vigencia}, ${prioritized ? 'priorizada' : 'no priorizada'}`,
  seriesState: (breaks: number) =>
    breaks === 0 ? 'Continua' : breaks === 1 ? 'Interrumpida' : `Interrumpida ${formatNumber(breaks)} veces`,
  sensitive: 'Dato sensible',
  /** «Código sexo · Demográfica · versión 2, desde 2026». */
  head: (code: string, category: string, version: number, vigencia: number) =>
    [`Código ${code}`, category, `versión ${version}, desde ${vigencia}`].filter(Boolean).join(' · '),
  categoryOf: (code: string) => CATEGORY_NAMES[code as VariableCategory] ?? '',
  definition: {
    title: 'Qué significa hoy',
    definition: 'Definición',
    unit: 'Unidad de medida',
    periodicity: 'Se recolecta',
    sensitive: 'Dato sensible (Ley 1581 de 2012)',
    values: 'Valores permitidos',
    unwritten: 'Sin escribir todavía',
    open: 'Respuesta abierta, sin lista de valores.',
    yes: 'Sí',
    no: 'No',
  },
  collected: (code: Collected | '') => (code === '' ? '' : COLLECTED_WORDS[code]),
  evolution: {
    title: 'Evolución por vigencia',
    chart: (name: string) => `${name}: participación de cada valor por vigencia`,
    only: 'Hay una sola vigencia. La siguiente se dibujará a su lado, y unida a ella si la definición no cambia.',
    none: 'Todavía no hay nada que comparar',
    noneWhy:
      'La evolución aparece cuando el informe de un ejercicio queda firmado, si priorizó esta variable y una fuente la trae como lista de valores o como número.',
    measures: (name: string, unit: string) => `${name}: promedio y cuartiles por vigencia${unit && `, en ${unit}`}`,
    measuresOf: (span: string, unit: string) => `Promedio y cuartiles, ${span}${unit && `, en ${unit}`}`,
    measure: 'Medida',
    base: 'Registros con dato',
    mean: 'Promedio',
    quartiles: ['Primer cuartil', 'Mediana', 'Tercer cuartil'],
    converted: (vigencias: number[], unit: string) =>
      `${vigencias.join(', ')}: cifras contadas en otra unidad y convertidas a ${unit}.`,
    numbersHidden: (people: number) =>
      `Promedio y cuartiles no se muestran con menos de ${formatNumber(people)} personas, ni cuando una sola pesa demasiado.`,
    exercises: 'Ejercicios que se comparan',
    exercisesWhy: 'En una vigencia puede haber varios ejercicios. Elija cuál representa a cada una.',
    exerciseOf: (vigencia: number) => `Vigencia ${vigencia}`,
    compare: 'Comparar',
    value: 'Valor',
    total: 'Total de registros',
    absent: 'No existía',
    asText: 'La gráfica en palabras',
    counts: (count: number, share: number | null) =>
      share === null ? formatNumber(count) : `${formatNumber(count)} (${formatShare(share)})`,
    notJoined: (before: string, after: string) => `La serie no une ${before} con ${after}`,
    notJoinedWhy: (changes: string[]) =>
      `Entre las dos cambió lo que significa la variable: ${changes.join(' ')} Sus cifras no se comparan mientras no haya una tabla de correspondencia aprobada.`,
    joined: (day: string, note: string) => `Serie unida con la tabla de correspondencia aprobada el ${day}: ${note}`,
    hiddenWhy: 'Los grupos pequeños no se muestran, ni las sumas que los dejarían calcular.',
    sources: 'De dónde sale',
    source: (vigencia: number, cycle: string, source: string) => `${vigencia}: ${cycle}, fuente «${source}», corte `,
    purpose: 'corte',
    tableOf: (span: string) => `Registros y participación, ${span}`,
  },
  breaks: {
    title: 'Rupturas de la serie',
    none: 'Ningún cambio de definición ha roto la serie. Cambiar un nombre no la rompe; cambiar la definición, la unidad o los valores, sí.',
    heading: (from: number, to: number) => `De la versión ${from} a la ${to}`,
    open: 'Sin unir',
    waiting: (by: string) => `Tabla de correspondencia propuesta por ${by}, por aprobar.`,
    bridged: (by: string, at: Date | string) =>
      `Unida: ${by} aprobó la tabla de correspondencia el ${formatInstant(at)}.`,
    returned: (by: string, observation: string) => `${by} devolvió la última propuesta: ${observation}`,
    propose: 'Proponer una tabla de correspondencia',
    see: 'Ver la tabla de correspondencia',
    decide: 'Decidir la tabla de correspondencia',
  },
  versions: {
    title: 'Versiones de la definición',
    columns: { n: 'Versión', vigencia: 'Desde', changed: 'Qué cambió', reason: 'Por qué', who: 'Quién' },
    first: 'Entró al catálogo.',
    who: (elaborated: string, approved: string, at: Date | string) =>
      `Elaboró ${elaborated}; aprobó ${approved}, ${formatDayOf(at)}.`,
    noReason: 'Sin motivo escrito.',
    breaks: 'Rompe la serie',
    keeps: 'No rompe la serie',
  },
  scores: {
    title: 'Los cinco criterios, por ejercicio',
    caption: 'Puntaje de la variable en cada ejercicio',
    columns: {
      cycle: 'Ejercicio',
      criteria: 'Criterios',
      score: 'Puntaje',
      cost: 'Costo y beneficio',
      result: 'Resultado',
    },
    criteria: {
      relevante: 'Relevante',
      economica: 'Económica',
      medible: 'Medible',
      asociativa: 'Asociativa',
      consistente: 'Consistente',
    } satisfies Record<Criterion, string>,
    /** «Relevante, medible. No: económica.» */
    answered: (met: string[], unmet: string[]) =>
      [sentence(met.join(', ')), unmet.length > 0 && `No: ${unmet.join(', ').toLowerCase()}.`]
        .filter(Boolean)
        .join(' '),
    score: (score: number, threshold: number) => `${score} de 5 (mínimo ${threshold})`,
    prioritized: 'Priorizada',
    dropped: (reason: string) => (reason ? `No priorizada: ${reason}` : 'No priorizada'),
  },
  seeEvolution: (name: string) => `Ver la evolución de «${name}» por vigencia`,
  changes: (changes: readonly DefinitionChange[]) => changes.map(changeSentence),
}

const sentence = (words: string) => words && `${words.charAt(0)}${words.slice(1).toLowerCase()}.`

export const crosswalkText = {
  title: (name: string) => `Tabla de correspondencia de «${name}»`,
  crumb: 'Tabla de correspondencia',
  state: (from: number, to: number) =>
    `Dice a qué valor de la versión ${to} pasó cada valor de la versión ${from}. La propone una persona y la aprueba otra.`,
  stateOfUnit: (before: string, after: string) =>
    `Dice cómo se pasa de «${before}» a «${after}». La propone una persona y la aprueba otra.`,
  what: 'Qué cambió',
  reason: (reason: string) => `Por qué: ${reason}`,
  form: 'Proponer la tabla',
  pairs: 'Para cada valor de antes, marque a qué valor o valores pasó. Déjelo sin marcar si ya no tiene equivalente.',
  oneToOne: 'La variable no tiene lista de valores: al aprobarla, cada valor corresponde a sí mismo.',
  conversion: 'Cómo se pasa de una unidad a la otra',
  conversionHelp: (before: string, after: string) =>
    `Diga cuántos «${before}» equivalen a cuántos «${after}». Las cifras de antes se convierten con exactitud. Por ejemplo: 12 meses equivalen a 1 año.`,
  amountBefore: (unit: string) => `Cantidad en ${unit}`,
  amountAfter: (unit: string) => `Equivale, en ${unit}, a`,
  offset: (unit: string) => `Y se le suma, en ${unit}`,
  offsetHelp: 'Casi siempre 0. Solo hace falta si las dos escalas no parten del mismo cero, como las de temperatura.',
  wentTo: (label: string) => `«${label}» pasó a`,
  old: (label: string, code: string) => (label === code ? label : `${label} (${code})`),
  note: 'Nota que acompaña la serie',
  noteHelp: 'Explique con qué criterio se corresponden. Se imprime junto a la gráfica, la tabla y los datos abiertos.',
  propose: 'Enviar a aprobación',
  table: 'Correspondencia, valor por valor',
  tableOfUnit: 'Equivalencia',
  columns: { old: (n: number) => `Valor de la versión ${n}`, now: (n: number) => `Valor de la versión ${n}` },
  noSuccessor: 'Sin equivalente',
  proposedBy: (by: string, at: Date | string) => `La propuso ${by} el ${formatInstant(at)}.`,
  decidedBy: (verdict: 'approved' | 'returned', by: string, at: Date | string) =>
    `${verdict === 'approved' ? 'La aprobó' : 'La devolvió'} ${by} el ${formatInstant(at)}.`,
  decide: 'Decidir',
  statement:
    'Al aprobarla, las cifras de estas vigencias se muestran unidas, con la nota, en la página de la variable, en los segmentos y en los datos abiertos.',
  observation: 'Observaciones, si la devuelve',
  approve: 'Aprobar la tabla',
  giveBack: 'Devolver con observaciones',
  observationMissing: 'Escriba qué debe cambiar en la tabla.',
  noBreak: 'Este cambio no rompe la serie: no necesita tabla de correspondencia.',
  done: {
    propuesta: 'La tabla quedó propuesta. Ahora la decide otra persona.',
    aprobada: 'La tabla quedó aprobada: la serie se muestra unida, con su nota.',
    devuelta: 'La tabla se devolvió con sus observaciones.',
  },
  problem: (problem: CrosswalkProblem) => PROBLEMS[problem.code](problem),
}

type Labelled = { code: string; label?: string; value?: string }

const PROBLEMS: Record<CrosswalkProblem['code'], (problem: Labelled) => string> = {
  note_missing: () => 'Escriba la nota que acompaña la serie (al menos 10 letras).',
  note_long: () => 'Acorte la nota: admite hasta 1.000 letras.',
  no_break: () => 'Este cambio no rompe la serie: no necesita tabla de correspondencia.',
  conversion_missing: () => 'Diga cómo se pasa de la unidad de antes a la de ahora.',
  amount_invalid: () => 'Escriba las dos cantidades como números mayores que 0, por ejemplo 12 y 1.',
  offset_invalid: () => 'Escriba lo que se suma como un número; 0 si no se suma nada.',
  conversion_idle: () => 'Esta equivalencia no cambia nada: las dos unidades serían la misma. Revise las cantidades.',
  old_unanswered: ({ label }) => `Diga a qué pasó «${label}».`,
  old_unknown: ({ value }) => `«${value}» no es un valor de la versión anterior. Recargue la página.`,
  new_unknown: ({ value }) => `«${value}» no es un valor de la versión nueva. Recargue la página.`,
  old_repeated: ({ value }) => `«${value}» está dos veces. Recargue la página.`,
}

/** What stands beside figures that were joined across a break: its note, and the conversion of its unit. */
export function bridgeNote({ crosswalk, changes }: Pick<SeriesBreak, 'crosswalk' | 'changes'>): string {
  const [unit] = changes.flatMap((change) => (change.kind === 'unit' ? [change] : []))
  const { note = '', conversion = null } = crosswalk ?? {}
  if (!conversion || !unit) return note
  return `${note} ${conversionWords(conversion, unit.before, unit.after)}.`
}

/** One difference, before and after. */
export function changeSentence(change: DefinitionChange): string {
  switch (change.kind) {
    case 'name':
      return `El nombre pasó de «${change.before}» a «${change.after}».`
    case 'definition':
      return stated('la definición', change.before, change.after)
    case 'unit':
      return stated('la unidad de medida', change.before, change.after)
    case 'periodicity':
      return stated('cada cuánto se recolecta', collected(change.before), collected(change.after))
    case 'category':
      return stated('la categoría', variablesText.categoryOf(change.before), variablesText.categoryOf(change.after))
    case 'sensitive':
      return change.after ? 'Ahora es un dato sensible.' : 'Ya no es un dato sensible.'
    case 'option_renamed':
      return `El valor «${change.before}» ahora se llama «${change.after}».`
    case 'option_added':
      return `Apareció el valor «${change.label}».`
    case 'option_removed':
      return `Desapareció el valor «${change.label}».`
    case 'options_stated':
      return `La respuesta era abierta y ahora tiene lista: ${change.labels.join(', ')}.`
  }
}

const collected = (code: string) => variablesText.collected(code as Collected | '')

function stated(what: string, before: string, after: string): string {
  if (before === '') return `Se escribió ${what}: «${after}».`
  if (after === '') return `Se quitó ${what}, que era «${before}».`
  return `Cambió ${what}: antes «${before}», ahora «${after}».`
}

/** Words of the drawn series. */
export const seriesWords = {
  breakMark: 'Ruptura',
  joinMark: 'Unida',
  stops: 'La serie se interrumpe.',
  joined: (note: string) => `Unida con una tabla de correspondencia: ${note}`,
  /** «2024 a 2026»; a single vigencia is itself. */
  span: (vigencias: readonly number[]) => {
    const [first, last] = [vigencias[0] ?? '', vigencias.at(-1) ?? '']
    return first === last ? `${first}` : `${first} a ${last}`
  },
  legend: { quartiles: 'Del primer al tercer cuartil', median: 'Mediana', mean: 'Promedio' },
  /** «2024 promedio 36,4, mediana 35 (cuartiles 28 y 44) años». */
  measured: (vigencia: number, mean: string | null, quartiles: string[] | null, unit: string) => {
    const middle = quartiles && `mediana ${quartiles[1]} (cuartiles ${quartiles[0]} y ${quartiles[2]})`
    const said = [mean && `promedio ${mean}`, middle].filter(Boolean).join(', ')
    return `${vigencia} ${said ? `${said}${unit && ` ${unit}`}` : 'no se muestra'}`
  },
  lineOf: (label: string, cells: readonly SeriesCell[]) =>
    `${label} ${cells.map(({ share, isAbsent }) => (share === null ? (isAbsent ? 'no existía' : 'no se muestra') : formatShare(share))).join(', ')}`,
}

/** Whether two vigencias of one variable may stand side by side, for pages and for the catalogue of open data. */
export const comparabilityText = {
  title: 'Comparación con otras vigencias',
  comparable: (vigencia: number) =>
    `Las variables de este conjunto significan lo mismo que en la vigencia ${vigencia}.`,
  refused: (name: string, vigencia: number, changes: readonly DefinitionChange[]) =>
    `No compare «${name}» con la vigencia ${vigencia}: cambió lo que significa. ${changes.map(changeSentence).join(' ')}`,
  bridged: (name: string, vigencia: number, note: string) =>
    `«${name}» se compara con la vigencia ${vigencia} con una tabla de correspondencia aprobada: ${note}`,
}

/** One sentence for each variable that must not be compared with the vigencia before, or only by its table. */
export function comparisonSentences(
  comparison: {
    vigencia: number
    variables: {
      name: string
      refused: { changes: readonly DefinitionChange[] }[]
      bridged: Pick<SeriesBreak, 'crosswalk' | 'changes'>[]
    }[]
  } | null,
): string[] {
  if (!comparison) return []
  const { vigencia, variables } = comparison
  return variables.flatMap(({ name, refused, bridged }) =>
    refused.length > 0
      ? [
          comparabilityText.refused(
            name,
            vigencia,
            refused.flatMap(({ changes }) => changes),
          ),
        ]
      : bridged.map((one) => comparabilityText.bridged(name, vigencia, bridgeNote(one))),
  )
}

/** Variables proposed to somebody's decision, in «Mi bandeja». */
export const waitingText = {
  title: 'Tablas de correspondencia por decidir',
  line: (name: string, from: number, to: number, by: string, at: Date | string) =>
    `«${name}», de ${from} a ${to}: la propuso ${by} el ${formatDayOf(at)}.`,
  decide: 'Decidir',
}

/** The definition in words, for the facts of a page. */
export function definitionFacts({ definition, unit, periodicity, sensitive, values }: VariableDefinition) {
  const words = variablesText.definition
  return {
    definition: definition || words.unwritten,
    unit: unit || words.unwritten,
    periodicity: variablesText.collected(periodicity) || words.unwritten,
    sensitive: sensitive ? words.yes : words.no,
    values: values.map(({ code, label }) => crosswalkText.old(label, code)),
  }
}
