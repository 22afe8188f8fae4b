/** Samples of an auditor and their working papers. */
import { MOST_SAMPLED, type PaperResult, type Population } from '../../domain/audit-samples.ts'
import type { EventKind } from '../../domain/event-kinds.ts'
import type { SampleMethod } from '../../domain/sampling.ts'
import { formatDate, formatInstant, formatNumber } from './format.ts'
import { eventKindName } from './timeline.ts'

export const populationText: Record<Population, string> = {
  decisions: 'Decisiones de los pasos (revisar, aprobar, devolver, reabrir)',
  grants: 'Accesos concedidos y negados',
  control_runs: 'Ejecuciones de controles',
  events: 'Todos los hechos de la bitácora',
}

export const sampleMethodText: Record<SampleMethod, string> = {
  simple: 'Al azar simple',
  stratified: 'Estratificada: de cada parte, en proporción',
  by_size: 'Por tamaño: lo más grande tiene más probabilidad',
}

export const paperResultText: Record<PaperResult, string> = {
  conforming: 'Conforme',
  nonconforming: 'No conforme',
  not_applicable: 'No aplica',
}

const ANSWERS: Record<string, string> = {
  granted: 'Concedidos',
  denied: 'Negados',
  executed: 'Ejecutados',
  omitted: 'Omitidos',
  missed: 'Sin ejecutar',
}

export function stratumText(population: Population, stratum: string): string {
  if (population === 'decisions') return `Paso ${stratum}`
  return population === 'events' ? eventKindName(stratum as EventKind) : (ANSWERS[stratum] ?? '')
}

const days = (from: string, to: string) =>
  from === to ? `el ${formatDate(from)}` : `del ${formatDate(from)} al ${formatDate(to)}`

/** Whoever is called as their position is named once. */
const inPosition = (by: string, position: string) => (by === position ? by : `${by}, ${position}`)

export const samplesText = {
  title: 'Muestras',
  link: 'Muestras y papeles de trabajo',
  intro:
    'Cada muestra se saca con una semilla: con la misma semilla y la misma población cualquiera obtiene los mismos elementos. Lo que usted consulta también queda registrado.',
  new: 'Sacar una muestra',
  caption: 'Muestras, la última primero',
  emptyTitle: 'Todavía no hay muestras',
  empty: 'Cuando control interno saque una, aparecerá aquí con sus papeles de trabajo.',
  columns: {
    code: 'Muestra',
    population: 'De qué',
    days: 'Días',
    method: 'Cómo',
    items: 'Elementos',
    papers: 'Papeles',
    drawn: 'Quién y cuándo',
  },
  open: (code: string) => `Abrir la muestra ${code}`,
  items: (wanted: number, count: number) => `${formatNumber(wanted)} de ${formatNumber(count)}`,
  papers: (written: number, wanted: number, nonconforming: number) =>
    `${formatNumber(written)} de ${formatNumber(wanted)}${nonconforming > 0 ? `, ${formatNumber(nonconforming)} no conforme${nonconforming === 1 ? '' : 's'}` : ''}`,
  drawn: (by: string, at: Date) => `${by}, ${formatInstant(at)}`,
  days,
}

export const newSampleText = {
  title: 'Sacar una muestra',
  state:
    'La población queda fija en este momento, con su cuenta y su huella. La muestra ya no cambia: para otra, saque otra.',
  population: 'De qué se saca',
  part: 'Parte de la población (opcional)',
  partHelp: 'Una parte de lo que eligió arriba.',
  whole: 'Toda la población',
  from: 'Primer día',
  to: 'Último día',
  method: 'Cómo se saca',
  wanted: 'Cuántos elementos',
  wantedHelp: `De 1 a ${formatNumber(MOST_SAMPLED)}: cada uno pide un papel de trabajo.`,
  seed: 'Semilla',
  seedHelp:
    'Cualquier texto. Le proponemos una al azar; puede escribir la suya, por ejemplo el número del plan de auditoría.',
  submit: 'Sacar la muestra',
}

export const sampleText = {
  of: (code: string) => `Muestra ${code}`,
  drawn: (by: string, position: string, at: Date) => `La sacó ${inPosition(by, position)}, ${formatInstant(at)}.`,
  population: 'Población',
  part: 'Parte',
  days: 'Días',
  until: 'Registrado hasta',
  method: 'Cómo se sacó',
  seed: 'Semilla',
  count: 'Elementos en la población',
  wanted: 'Elementos en la muestra',
  hash: 'Huella de la población (SHA-256)',
  items: 'Elementos',
  caption: 'Elementos de la muestra, en el orden en que salieron',
  columns: {
    ordinal: 'N.º',
    what: 'Qué',
    at: 'Cuándo',
    stratum: 'Parte',
    size: 'Tamaño',
    paper: 'Papel',
    findings: 'Hallazgos',
  },
  noPaper: 'Por escribir',
  how: 'Cómo repetirla',
  steps: {
    text: 'Ponga la población en un texto: una línea por elemento, ordenadas por identificador, con identificador, parte y tamaño separados por tabulador. Su SHA-256 es la huella de arriba.',
    rank: 'A cada elemento póngale el SHA-256, en hexadecimal, de la semilla, un salto de línea y su identificador. Ordénelos por ese valor.',
  },
  picked: {
    simple: 'Tome los primeros, tantos como elementos tiene la muestra.',
    stratified:
      'Reparta el número de elementos entre las partes en proporción a cuántos tiene cada una; lo que sobra va a los restos más grandes y, entre iguales, a la primera por nombre. De cada parte tome los primeros.',
    by_size:
      'Mientras haya un elemento cuyo tamaño por los que faltan alcance el total, tómelo (el más grande primero) y réstelo. Con los demás, en su orden: multiplique cada tamaño por los que faltan y acumule. El primer punto es el SHA-256 de la semilla, un salto de línea y «inicio», módulo el total; los siguientes van sumando el total. Tome el elemento en el que cae cada punto.',
  } satisfies Record<SampleMethod, string>,
  sizeOf: {
    decisions: 'El tamaño es el de lo que se decidió, en bytes.',
    grants: 'Los accesos no tienen tamaño.',
    control_runs: 'El tamaño es cuántos archivos se mostraron como evidencia.',
    events: 'El tamaño es cuántos datos cuenta el hecho, más uno.',
  } satisfies Record<Population, string>,
  download: 'Descargar la población',
  repeat: 'Repetirla ahora',
  repeated: {
    same: 'La población es la misma y la selección también.',
    selection: 'La población es la misma, pero la selección no: alguien cambió los elementos de la muestra.',
    population:
      'La bitácora ya no dice la misma población: algo se cambió, o se terminó de registrar después de sacar la muestra. Compare la población que se descarga con la que usted guardó.',
  },
}

export const paperText = {
  of: (n: number) => `Elemento ${formatNumber(n)}`,
  event: 'Ver el hecho y su comprobante',
  papers: 'Papel de trabajo',
  none: 'Nadie ha escrito el papel de este elemento.',
  version: (n: number, by: string, position: string, at: Date) =>
    `Versión ${formatNumber(n)}, de ${inPosition(by, position)}, ${formatInstant(at)}`,
  earlier: 'Versiones anteriores',
  write: 'Escribir el papel',
  rewrite: 'Escribir otra versión',
  rewriteHelp: 'Lo escrito no se borra: queda como versión anterior.',
  test: 'Prueba que hizo',
  result: 'Resultado',
  evidence: 'Evidencia',
  evidenceHelp: 'Qué revisó y dónde está. No escriba datos personales de ciudadanos.',
  conclusion: 'Conclusión',
  submit: 'Guardar el papel',
  done: { papel: 'El papel de trabajo quedó guardado.' },
  raise: 'Registrar un hallazgo',
  raiseHelp: 'Lo que no está conforme pide un plan de mejoramiento.',
  findings: 'Hallazgos',
  finding: (code: string) => `Hallazgo ${code}`,
  next: 'Elemento siguiente',
  previous: 'Elemento anterior',
  source: (code: string, n: number) => `Muestra de auditoría ${code}, elemento ${n}`,
  from: (code: string, n: number) => `Papel de trabajo de la muestra ${code}, elemento ${n}`,
}
