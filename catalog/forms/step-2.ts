/** Paso 2, variables y niveles de desagregación (S1.13, S1.15; matrix of five criteria). */
import type { Choice, FormDefinition, ScalarField } from '../../domain/forms.ts'
import type { Collected } from '../../domain/variable-definitions.ts'
import { procedure } from '../procedures/mm-gac-p-008-v2.ts'
import { CATALOG_VARIABLES, CATEGORY_NAMES } from '../variables.ts'

/** Value of the variable select for one that is not in the catalogue. */
export const OWN_VARIABLE = 'propia'

const categories: Choice[] = Object.entries(CATEGORY_NAMES).map(([code, label]) => ({ code, label }))

const variables: Choice[] = [
  ...CATALOG_VARIABLES.map(({ code, label, category }) => ({ code, label, group: CATEGORY_NAMES[category] })),
  { code: OWN_VARIABLE, label: 'Otra, propia de la entidad', group: 'Otra' },
]

const criterionNames: Record<string, string> = {
  relevante: 'Relevante',
  economica: 'Económica',
  medible: 'Medible',
  asociativa: 'Asociativa',
  consistente: 'Consistente',
}

const criteria = procedure.criteria.map(
  ({ code, text }): ScalarField => ({
    kind: 'yesno',
    code,
    label: criterionNames[code] ?? code,
    help: text,
    required: true,
    ask: `conteste si es ${criterionNames[code]?.toLowerCase() ?? code}.`,
  }),
)

/** How often a variable is collected, in words. */
export const COLLECTED_WORDS: Record<Collected, string> = {
  diaria: 'Cada día',
  mensual: 'Cada mes',
  trimestral: 'Cada trimestre',
  semestral: 'Cada semestre',
  anual: 'Cada año',
  unica: 'Una sola vez',
}

const collected: Choice[] = Object.entries(COLLECTED_WORDS).map(([code, label]) => ({ code, label }))

const onlyOwn = { field: 'variable', equals: OWN_VARIABLE }

export const step2: FormDefinition = {
  stepCode: '2',
  version: 1,
  groups: [
    {
      code: 'universo',
      title: 'Categorías de variables',
      source: 'MM-GAC-P-008 v2, lineamiento 2',
      fields: [
        {
          kind: 'checkboxes',
          code: 'categorias',
          label: 'Categorías que se estudian',
          required: true,
          choices: categories,
          ask: 'Marque al menos una categoría de variables.',
        },
      ],
    },
    {
      code: 'criterio',
      title: 'Umbral de priorización',
      help: 'Cada criterio cumplido vale un punto. Se prioriza la variable relevante y medible que alcanza el umbral.',
      source: 'MM-GAC-P-008 v2, actividad 2',
      fields: [
        {
          kind: 'integer',
          code: 'umbral',
          label: 'Puntaje mínimo (de 5)',
          required: true,
          min: 1,
          max: 5,
          ask: 'Escriba el puntaje mínimo para priorizar, de 1 a 5.',
        },
      ],
    },
    {
      code: 'variables',
      title: 'Variables y niveles de desagregación',
      source: 'MM-GAC-P-008 v2, actividad 2',
      fields: [
        {
          kind: 'list',
          code: 'lista',
          label: 'Variables',
          itemTitle: 'Variable',
          required: true,
          min: 1,
          max: 60,
          ask: 'Agregue al menos una variable.',
          fields: [
            {
              kind: 'select',
              code: 'variable',
              label: 'Variable',
              required: true,
              choices: variables,
              ask: 'elija la variable.',
            },
            {
              kind: 'text',
              code: 'codigo',
              label: 'Código propio',
              format: 'code',
              required: true,
              when: onlyOwn,
              ask: 'escriba el código de la variable propia.',
            },
            {
              kind: 'text',
              code: 'nombre',
              label: 'Nombre',
              required: true,
              maxLength: 120,
              when: onlyOwn,
              ask: 'escriba el nombre de la variable propia.',
            },
            {
              kind: 'select',
              code: 'categoria',
              label: 'Categoría',
              required: true,
              choices: categories,
              when: onlyOwn,
              ask: 'elija la categoría de la variable propia.',
            },
            {
              kind: 'text',
              code: 'desagregacion',
              label: 'Nivel de desagregación',
              help: 'Hasta dónde se detalla, por ejemplo: por comuna y corregimiento.',
              required: true,
              maxLength: 300,
              ask: 'escriba el nivel de desagregación.',
            },
            ...criteria,
            {
              kind: 'longtext',
              code: 'costo_beneficio',
              label: 'Costo y beneficio de recolectarla',
              required: true,
              maxLength: 1000,
              ask: 'escriba el costo y el beneficio de recolectarla.',
            },
            {
              kind: 'yesno',
              code: 'sensible',
              label: 'Es un dato sensible (Ley 1581 de 2012)',
              required: true,
              ask: 'conteste si es un dato sensible.',
            },
            {
              kind: 'longtext',
              code: 'justificacion',
              label: 'Justificación para tratar el dato sensible',
              required: true,
              maxLength: 1000,
              when: { field: 'sensible', equals: 'si' },
              ask: 'escriba por qué es necesario tratar este dato sensible.',
            },
            {
              kind: 'reference',
              code: 'objetivos',
              label: 'Objetivos específicos a los que sirve',
              source: 'objectives',
              multiple: true,
              required: true,
              ask: 'marque al menos un objetivo específico al que sirve.',
            },
            {
              kind: 'text',
              code: 'proposito',
              label: 'Para qué se usará',
              required: true,
              maxLength: 500,
              ask: 'escriba para qué se usará.',
            },
            {
              kind: 'longtext',
              code: 'motivo_descarte',
              label: 'Motivo, si no queda priorizada',
              maxLength: 1000,
            },
            {
              kind: 'longtext',
              code: 'definicion',
              label: 'Definición',
              help: 'Qué mide y qué no. Si la deja vacía, vale la que ya tiene el catálogo.',
              maxLength: 1000,
              addedLater: true,
            },
            {
              kind: 'text',
              code: 'unidad',
              label: 'Unidad de medida',
              help: 'Por ejemplo: personas, días hábiles.',
              maxLength: 60,
              addedLater: true,
            },
            {
              kind: 'longtext',
              code: 'valores',
              label: 'Valores permitidos',
              help: 'Uno por línea, como «codigo: Nombre». Puede cambiar el nombre sin romper la serie si conserva el código.',
              maxLength: 8000,
              addedLater: true,
            },
            {
              kind: 'select',
              code: 'periodicidad',
              label: 'Cada cuánto se recolecta',
              choices: collected,
              addedLater: true,
            },
            {
              kind: 'longtext',
              code: 'motivo_cambio',
              label: 'Por qué cambia su definición',
              help: 'Se pide cuando lo anterior rompe la serie con las vigencias pasadas.',
              maxLength: 1000,
              addedLater: true,
            },
          ],
        },
      ],
    },
  ],
}
