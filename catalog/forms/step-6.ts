/** Paso 6, informe (S1.19): the sections of the report, prefilled from steps 1 to 5, and its recommendations. */
import type { FormDefinition, FormGroup } from '../../domain/forms.ts'
import { procedure } from '../procedures/mm-gac-p-008-v2.ts'
import { choicesFrom } from './choices.ts'

/** Sections of the report in printing order; recommendations stand before the annexes. */
export const REPORT_SECTIONS = [
  { code: 'objetivos', title: 'Objetivo general y objetivos específicos' },
  { code: 'alcance', title: 'Alcance' },
  { code: 'equipo', title: 'Líder y equipo' },
  { code: 'antecedentes', title: 'Antecedentes' },
  { code: 'variables', title: 'Variables y niveles de desagregación' },
  { code: 'fuentes', title: 'Fuentes y mecanismos de recolección' },
  { code: 'metodologia', title: 'Metodología' },
  { code: 'tratamiento', title: 'Tratamiento de datos personales y anonimización' },
  { code: 'resultados', title: 'Resultados por variable' },
  { code: 'cruces', title: 'Cruces de variables' },
  { code: 'segmentos', title: 'Sectores y segmentos' },
  { code: 'necesidades', title: 'Necesidades, expectativas y canales preferidos' },
  { code: 'anexos', title: 'Anexos' },
  { code: 'cambios', title: 'Control de cambios' },
] as const

export type ReportSection = (typeof REPORT_SECTIONS)[number]['code']

/** Sections in which saved figures are inserted by reference. */
const WITH_FIGURES: readonly string[] = ['resultados', 'cruces', 'segmentos']

const sections = REPORT_SECTIONS.map(
  ({ code, title }): FormGroup => ({
    code,
    title,
    source: 'MM-GAC-P-008 v2, actividad 6',
    fields: [
      { kind: 'longtext', code: 'texto', label: title, required: true, ask: `Escriba la sección «${title}».` },
      ...(WITH_FIGURES.includes(code)
        ? ([
            { kind: 'reference', code: 'figuras', label: 'Figuras de esta sección', source: 'figures', multiple: true },
          ] as const)
        : []),
    ],
  }),
)

const recommendations: FormGroup = {
  code: 'recomendaciones',
  title: 'Recomendaciones',
  help: 'El informe debe contener recomendaciones.',
  source: 'MM-GAC-P-008 v2, actividad 6 y líneas de acción',
  fields: [
    {
      kind: 'list',
      code: 'lista',
      label: 'Recomendaciones',
      itemTitle: 'Recomendación',
      required: true,
      min: 1,
      max: 60,
      ask: 'Agregue al menos una recomendación.',
      fields: [
        {
          kind: 'select',
          code: 'linea',
          label: 'Línea de acción',
          required: true,
          choices: choicesFrom(procedure.actionLines),
          ask: 'elija la línea de acción.',
        },
        {
          kind: 'longtext',
          code: 'texto',
          label: 'Recomendación',
          required: true,
          maxLength: 2000,
          ask: 'escriba la recomendación.',
        },
        { kind: 'reference', code: 'segmento', label: 'Segmento al que atiende', source: 'segments' },
        {
          kind: 'reference',
          code: 'dependencia',
          label: 'Dependencia',
          source: 'agencies',
          required: true,
          ask: 'elija la dependencia.',
        },
        { kind: 'date', code: 'plazo', label: 'Plazo', required: true, ask: 'escriba la fecha del plazo.' },
        {
          kind: 'radio',
          code: 'prioridad',
          label: 'Prioridad',
          required: true,
          choices: [
            { code: 'alta', label: 'Alta' },
            { code: 'media', label: 'Media' },
            { code: 'baja', label: 'Baja' },
          ],
          ask: 'elija la prioridad.',
        },
      ],
    },
  ],
}

export const step6: FormDefinition = {
  stepCode: '6',
  version: 1,
  groups: [...sections.slice(0, 12), recommendations, ...sections.slice(12)],
}
