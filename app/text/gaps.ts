/** What keeps a step from being submitted, or a draft from being saved: each sentence begins with what to do. */
import type { RuleProblem } from '../../domain/analysis-rules.ts'
import type { CrossingFault } from '../../domain/crossings.ts'
import type { Facts, ShapeCode } from '../../domain/forms.ts'
import type { GapCode } from '../../domain/gaps.ts'
import type { RefusalFacts } from '../../domain/refusals.ts'

type Sentence = (facts: Facts) => string

const SHAPES: Record<ShapeCode, Sentence> = {
  not_a_text: ({ label }) => `Escriba un texto en «${label}».`,
  not_a_list: () => 'Envíe de nuevo esta lista.',
  too_many: ({ limit, label }) => `Deje como máximo ${limit} en «${label}».`,
  bad_characters: ({ label }) => `Borre los caracteres que no se pueden guardar en «${label}».`,
  too_long: ({ limit, label, length }) => `Escriba como máximo ${limit} caracteres en «${label}»; lleva ${length}.`,
  not_an_email: ({ label }) => `Escriba un correo válido en «${label}», por ejemplo atencion@santamarta.gov.co.`,
  not_a_code: ({ label }) =>
    `Escriba en «${label}» un código en minúsculas, sin espacios ni tildes, por ejemplo medio_pago.`,
  not_a_number: ({ label }) => `Escriba un número en «${label}», por ejemplo 27,36.`,
  not_an_integer: ({ label }) => `Escriba un número entero en «${label}», por ejemplo 4.`,
  below_min: ({ label, min }) => `Escriba en «${label}» un número desde ${min}.`,
  above_max: ({ label, max }) => `Escriba en «${label}» un número hasta ${max}.`,
  // As a browser in Colombia shows a date field: day, month, year.
  not_a_date: ({ label }) => `Escriba una fecha válida en «${label}», por ejemplo 24/11/2026.`,
  not_yes_or_no: ({ label }) => `Conteste sí o no en «${label}».`,
  not_an_option: ({ label }) => `Elija una opción de la lista en «${label}».`,
}

const GAPS: Record<GapCode, Sentence> = {
  asked: ({ ask }) => String(ask),
  unwritten: ({ label }) => `Escriba «${label}».`,
  unanswered: ({ label }) => `Conteste sí o no: «${label}».`,
  unchosen: ({ label }) => `Elija una opción en «${label}».`,
  too_few_rows: ({ min, label }) => `Agregue al menos ${min} en «${label}».`,
  must_be_yes: ({ label }) => `Corrija antes de enviar: ${label}.`,
  option_gone: ({ label }) => `Elija de nuevo en «${label}»: una opción ya no existe.`,
  cell_option_gone: ({ label }) => `elija de nuevo en «${label}», la opción ya no existe.`,
  period_reversed: () => 'Corrija el periodo: la fecha final es anterior a la inicial.',
  variable_repeated: ({ variable }) => `Quite la variable repetida: ${variable}.`,
  variable_sensitive: ({ variable }) => `Responda sí y justifique: ${variable} es un dato sensible.`,
  drop_unexplained: ({ variable }) => `Escriba por qué no queda priorizada: ${variable}.`,
  values_repeated: ({ variable, value }) => `Deje una sola vez el valor «${value}» de ${variable}.`,
  change_unexplained: ({ variable }) =>
    `Escriba por qué cambia la definición de ${variable}: con las vigencias pasadas ya no se podrá comparar.`,
  category_not_studied: ({ variable }) => `Marque la categoría de ${variable} entre las que se estudian, o quítela.`,
  nothing_prioritized: () => 'Revise los criterios: ninguna variable queda priorizada.',
  no_technique: () => 'Marque al menos una técnica de recolección.',
  technique_unapplied: ({ technique }) => `Agregue el mecanismo con que se aplica esta técnica: ${technique}`,
  source_repeated: () => 'Quite la fuente repetida.',
  source_unknown: ({ n }) => `Fuente ${n}: elija una fuente adjunta a este ejercicio.`,
  contract_incomplete: ({ source }) => `Complete el contrato de la fuente «${source}».`,
  snapshot_missing: ({ source }) => `Cargue el archivo de la fuente «${source}» y espere su corte.`,
  source_unapproved: ({ source }) => `Pida a la Dirección TIC que apruebe la fuente «${source}».`,
  variable_without_source: ({ variable }) => `Adjunte una fuente que traiga la variable priorizada ${variable}.`,
  variable_uncounted: ({ variable }) => `Agregue el conteo de la variable ${variable}.`,
  cross_with_itself: ({ n }) => `Figura ${n}: elija dos variables distintas.`,
  no_cross: () => 'Agregue al menos un cruce de dos variables.',
  filter_wrong: (facts) => `Filtro de la figura ${facts.n}: ${ruleSentence(facts)}`,
  rule_wrong: (facts) => `Regla del segmento ${facts.n}: ${ruleSentence(facts)}`,
  figure_too_fine: (facts) => `Figura ${facts.n}: ${crossingSentence(facts)}`,
  segment_too_fine: (facts) => `Segmento ${facts.n}: ${crossingSentence(facts)}`,
  no_segment: () => 'Agregue al menos un segmento.',
  reading_missing: ({ variable, objective }) =>
    `Agregue la lectura de ${variable} para el objetivo específico ${objective}.`,
  figures_pending: ({ count }) => `Espere el cálculo de las figuras: faltan ${count}.`,
  agencies_uninformed: ({ count }) => `Informe a las dependencias que tienen recomendaciones: faltan ${count}.`,
  mail_personal: () => 'Escriba un correo institucional, no uno personal.',
  table_repeated: ({ n }) => `Quite la tabla repetida ${n}.`,
  coverage_unread: () =>
    'Registre de nuevo las cifras de atención en «Cobertura»: la fuente con la que se comparan ya no está en uso.',
  numbers_stale: ({ count }) =>
    count === 1
      ? 'Actualice la cifra cuya fuente cambió desde que se insertó.'
      : `Actualice las ${count} cifras cuya fuente cambió desde que se insertaron.`,
  figure_gone: ({ section, figure, n }) =>
    `Quite ${figure ? `la figura «${figure}»` : `la figura ${n}`} de la sección «${section}», o ponga otra: el paso 4 ya no la tiene.`,
  release_absent: () => 'Prepare los archivos que se van a publicar.',
  release_stale: () => 'Prepare otra vez los archivos: el conjunto o las tablas cambiaron.',
}

const RULES: Record<RuleProblem, Sentence> = {
  nothing_typed: () => 'Escriba al menos una condición, por ejemplo: canal = virtual.',
  no_condition: () => 'Escriba al menos una condición.',
  too_many_conditions: ({ max }) => `Escriba como máximo ${max} condiciones.`,
  condition_unreadable: ({ condition }) =>
    `Escriba la condición ${condition} así: canal = virtual, o bien: zona en urbana, rural, o bien: edad entre 18 y 28.`,
  values_missing: ({ condition }) => `Escriba los valores de la condición ${condition}.`,
  json_unreadable: () => 'Escriba la regla así: {"all":[{"variable":"canal","op":"eq","values":["virtual"]}]}.',
  bound_unreadable: ({ condition }) =>
    `Escriba un número o una fecha en la condición ${condition}, por ejemplo: edad >= 60, o bien: fecha desde 2026-01-01.`,
  bounds_mixed: ({ condition }) => `Escriba dos números o dos fechas en la condición ${condition}.`,
  range_reversed: ({ condition }) => `Escriba primero el valor menor y después el mayor en la condición ${condition}.`,
  range_on_list: ({ variable }) =>
    `Escriba los valores de «${variable}» uno por uno: no es un número ni una fecha, y no tiene rangos.`,
  bound_not_number: ({ variable }) => `Escriba números en el rango de «${variable}», no fechas.`,
  bound_not_date: ({ variable }) => `Escriba fechas en el rango de «${variable}», por ejemplo: desde 2026-01-01.`,
  not_prioritized: ({ variable }) => `Use una variable priorizada en el paso 2; «${variable}» no lo es.`,
}

const CROSSINGS: Record<CrossingFault['code'], (facts: RefusalFacts) => string> = {
  crossed_too_many: ({ variables, most }) =>
    `deje como máximo ${most} variables, contando las del filtro; ahora cruza ${variables}.`,
  crossed_sensitive: ({ sensitive, places }) =>
    `quite ${sensitive} o quite ${places}: los datos sensibles se publican solo para todo el municipio.`,
  crossed_by_or: ({ variables }) =>
    `pida una figura por cada condición del filtro: un «o» entre ${variables} dejaría deducir conteos ocultos.`,
}

const SENTENCES: Record<ShapeCode | GapCode, Sentence> = { ...SHAPES, ...GAPS }

/** One thing to do, with the row it is about before it: «Objetivo específico 2: Escriba «Texto».» */
export function gapSentence({ code, facts }: { code: ShapeCode | GapCode; facts: Facts }): string {
  const sentence = SENTENCES[code](facts)
  return facts.item ? `${facts.item} ${facts.row}: ${sentence}` : sentence
}

/** Why the rule of a segment or the filter of a figure does not do. */
export function ruleSentence(facts: Facts): string {
  return RULES[facts.fault as RuleProblem](facts)
}

/** What a figure or a segment has to leave out to be published; it goes on with a sentence that says which one. */
export function crossingSentence(facts: RefusalFacts): string {
  return CROSSINGS[facts.fault as CrossingFault['code']](facts)
}
