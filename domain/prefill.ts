/** What a step starts with: the part of it that earlier approved steps already say, to be corrected by its author. */
import { figureTitle } from '../catalog/figure-titles.ts'
import { formDefinition } from '../catalog/forms/index.ts'
import { REPORT_SECTIONS } from '../catalog/forms/step-6.ts'
import { GLOSSARY } from '../catalog/glossary.ts'
import { SECTION_WRITERS } from '../catalog/report-sections.ts'
import { figuresOf } from './figures.ts'
import {
  type Answers,
  answerText,
  type Choice,
  emptyAnswers,
  emptyRow,
  type FormDefinition,
  findField,
  type Row,
  rowsOf,
  textOf,
} from './forms.ts'
import type { StepCode } from './procedures.ts'
import type { StepAnswers } from './references.ts'
import { docFromPlain, storedRich } from './rich-text.ts'
import { type VariableDefinition, writeOptions } from './variable-definitions.ts'
import { CRITERIA, DEFAULT_THRESHOLD, prioritize, variablesOf } from './variables.ts'

export interface PrefillFacts {
  /** Sources attached to the cycle, by id. */
  sources?: readonly Choice[]
  /** Rows of step 2 of the variables the entity uses, as its catalogue has them. */
  variables?: readonly VariableRow[]
  /** Version of the form the step was opened with; without it, the newest. */
  formVersion?: number
}

type Cells = Record<string, string | string[]>

/** A variable of the catalogue: what step 2 said of it last, and its definition in force. */
export interface VariableRow {
  row: Row
  definition: VariableDefinition
}

/** Draft of the first attempt of a step; the same upstream answers always give the same draft. */
export function prefill(stepCode: StepCode, upstream: StepAnswers, facts: PrefillFacts = {}): Answers {
  const definition = formDefinition(stepCode, facts.formVersion)
  const answers = emptyAnswers(definition)
  const put = (group: string, cells: Record<string, string | string[] | Row[]>) => {
    answers[group] = { ...answers[group], ...cells }
  }
  const list = (group: string, rows: Cells[]) => put(group, { lista: rowsWith(definition, group, rows) })
  switch (stepCode) {
    case '2':
      put('criterio', { umbral: String(DEFAULT_THRESHOLD) })
      if (facts.variables?.length) {
        list('variables', facts.variables.map(beginningOf))
        put('universo', {
          categorias: [...new Set(facts.variables.map(({ definition }) => definition.category))].filter(Boolean),
        })
      }
      break
    case '3':
      list(
        'fuentes',
        (facts.sources ?? []).map((source) => ({ fuente: source.code })),
      )
      break
    case '4':
      put('profundidad', { nivel: 'segmento' })
      list(
        'figuras',
        prioritize(upstream['2']).map((variable) => ({ tipo: 'conteo', variable: variable.code })),
      )
      break
    case '5':
      list('lecturas', readingsOf(upstream))
      break
    case '6':
      for (const { code } of REPORT_SECTIONS) {
        const written = SECTION_WRITERS[code](upstream, facts.sources ?? [])
        const isRich = findField(definition, code, 'texto')?.kind === 'richtext'
        put(code, { texto: isRich ? storedRich(docFromPlain(written)) : written })
      }
      if (definition.version > 1)
        list(
          'glosario',
          GLOSSARY.map(({ term, definition: definicion }) => ({ termino: term, definicion })),
        )
      put('resultados', { figuras: figureIds(upstream, 'count') })
      put('cruces', { figuras: figureIds(upstream, 'cross') })
      break
    case '7':
      put('conjunto', datasetOf(upstream))
      list(
        'dependencias',
        recommendedAgencies(upstream).map((dependencia) => ({ dependencia })),
      )
      list('archivos', tablesOf(upstream))
      break
  }
  return answers
}

function rowsWith(definition: FormDefinition, group: string, rows: Cells[]): Row[] {
  const field = findField(definition, group, 'lista')
  if (field?.kind !== 'list') return []
  return rows.map((cells, i) => ({ ...emptyRow(field, `p${i + 1}`), ...cells }) as Row)
}

/** What judges a variable for one exercise: its objectives are others, so it is judged anew. */
const JUDGED: readonly string[] = [...CRITERIA, 'objetivos', 'motivo_descarte', 'motivo_cambio', 'id']

function beginningOf({ row, definition }: VariableRow): Cells {
  const said = Object.entries(row).filter(([code]) => !JUDGED.includes(code))
  return {
    ...Object.fromEntries(said),
    ...{ definicion: definition.definition, unidad: definition.unit, periodicidad: definition.periodicity },
    valores: writeOptions(definition.values),
  }
}

/** One row per prioritized variable and objective it serves; few values read better as a circle, measures as bars. */
function readingsOf(upstream: StepAnswers): Cells[] {
  const objectives = rowsOf(upstream['1'], 'objetivos', 'especificos').map((row) => row.id)
  return prioritize(upstream['2']).flatMap((variable) =>
    objectives
      .filter((id) => variable.objectives.includes(id))
      .map((objetivo) => ({
        variable: variable.code,
        objetivo,
        grafica: variable.values.length > 0 && variable.values.length <= 4 ? 'circular' : 'histograma',
      })),
  )
}

function figureIds(upstream: StepAnswers, kind: 'count' | 'cross'): string[] {
  return figuresOf(upstream['4'])
    .filter((figure) => figure.kind === kind)
    .map((figure) => figure.id)
}

function datasetOf(upstream: StepAnswers): Cells {
  return {
    desde: answerText(upstream['1'], 'alcance', 'desde'),
    hasta: answerText(upstream['1'], 'alcance', 'hasta'),
    frecuencia: 'anual',
    licencia: 'CC-BY-4.0',
    menu: '7',
  }
}

function recommendedAgencies(upstream: StepAnswers): string[] {
  const codes = rowsOf(upstream['6'], 'recomendaciones', 'lista').map((row) => textOf(row.dependencia))
  return [...new Set(codes)].filter((code) => code !== '')
}

function tablesOf(upstream: StepAnswers): Cells[] {
  const variables = variablesOf(upstream['2'])
  return figuresOf(upstream['4']).map((figure) => ({
    figura: figure.id,
    titulo: figureTitle(figure, variables).slice(0, 200),
  }))
}
