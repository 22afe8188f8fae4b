/**
 * Paso 3, versión 2: each mechanism by itself with its period, what it should capture and how many people were attended
 * meanwhile, so that coverage can be computed and printed (S1.16, E10). Version 1 said it in one free text.
 */
import type { Choice, FormDefinition, FormUpgrade } from '../../domain/forms.ts'
import { procedure } from '../procedures/mm-gac-p-008-v2.ts'
import { step3 } from './step-3.ts'

const KINDS = { qualitative: 'Técnicas cualitativas', quantitative: 'Técnicas cuantitativas' } as const

const techniques = procedure.techniques.map(
  ({ code, text, kind }): Choice => ({ code, label: text, group: KINDS[kind] }),
)

/** Where the number of people attended in the period comes from. */
const BASES: readonly Choice[] = [
  { code: 'turnos', label: 'Sistema asignador de turnos' },
  { code: 'registro', label: 'Registro del canal' },
  { code: 'estimada', label: 'Estimación' },
  { code: 'no_hay', label: 'No hay cifra de personas atendidas' },
]

const kept = (code: string) => step3.groups.filter((group) => group.code === code)

export const step3v2: FormDefinition = {
  stepCode: '3',
  version: 2,
  groups: [
    ...kept('registros'),
    ...kept('tecnicas').map((group) => ({
      ...group,
      fields: group.fields.filter((field) => field.code !== 'aplicacion'),
    })),
    {
      code: 'mecanismos',
      title: 'Mecanismos de recolección',
      help: 'Un mecanismo por cada técnica elegida: qué instrumento se aplica, quién, cuándo y cuánto se espera recoger.',
      source: 'MM-GAC-P-008 v2, actividad 3',
      fields: [
        {
          kind: 'list',
          code: 'lista',
          label: 'Mecanismos',
          itemTitle: 'Mecanismo',
          required: true,
          min: 1,
          max: 20,
          ask: 'Agregue al menos un mecanismo de recolección.',
          fields: [
            {
              kind: 'select',
              code: 'tecnica',
              label: 'Técnica',
              required: true,
              choices: techniques,
              ask: 'elija la técnica.',
            },
            {
              kind: 'text',
              code: 'instrumento',
              label: 'Instrumento',
              help: 'Nombre o código del formato, de la encuesta o del registro.',
              required: true,
              maxLength: 300,
              ask: 'escriba el instrumento.',
            },
            {
              kind: 'text',
              code: 'responsable',
              label: 'Quién lo aplica (cargo o dependencia)',
              required: true,
              maxLength: 200,
              ask: 'escriba quién lo aplica.',
            },
            {
              kind: 'longtext',
              code: 'poblacion',
              label: 'A quiénes se aplica',
              required: true,
              maxLength: 1000,
              ask: 'escriba a quiénes se aplica.',
            },
            {
              kind: 'date',
              code: 'desde',
              label: 'Se aplica desde',
              required: true,
              ask: 'escriba la fecha en que empieza.',
            },
            {
              kind: 'date',
              code: 'hasta',
              label: 'Se aplica hasta',
              required: true,
              ask: 'escriba la fecha en que termina.',
            },
            {
              kind: 'integer',
              code: 'meta',
              label: 'Registros que se espera recoger',
              required: true,
              min: 1,
              ask: 'escriba cuántos registros se espera recoger.',
            },
            {
              kind: 'radio',
              code: 'base',
              label: 'De dónde sale el número de personas atendidas',
              required: true,
              choices: BASES,
              ask: 'elija de dónde sale el número de personas atendidas.',
            },
            {
              kind: 'integer',
              code: 'atendidos',
              label: 'Personas atendidas en el periodo',
              required: true,
              min: 0,
              when: { field: 'base', equals: ['turnos', 'registro', 'estimada'] },
              ask: 'escriba cuántas personas se atienden en el periodo.',
            },
          ],
        },
        {
          kind: 'longtext',
          code: 'notas',
          label: 'Notas sobre la aplicación',
          help: 'Lo que no cabe en los mecanismos.',
          maxLength: 4000,
        },
      ],
    },
    {
      code: 'cobertura',
      title: 'Cobertura y base mínima',
      help: 'Con esto se advierte en el informe qué grupos quedaron por debajo de lo que permite hablar de ellos.',
      source: 'MM-GAC-P-008 v2, actividades 3 y 4',
      fields: [
        {
          kind: 'integer',
          code: 'cobertura_minima',
          label: 'Cobertura mínima (% de las personas atendidas)',
          required: true,
          min: 1,
          max: 100,
          ask: 'Escriba la cobertura mínima, de 1 a 100.',
        },
        {
          kind: 'integer',
          code: 'base_minima',
          label: 'Registros mínimos para hablar de un segmento',
          required: true,
          min: 5,
          ask: 'Escriba cuántos registros se necesitan para hablar de un segmento, 5 o más.',
        },
        {
          kind: 'longtext',
          code: 'no_respuesta',
          label: 'Qué se hace con quien no responde o no autoriza',
          help: 'Cómo se cuenta y cómo se explica en el informe.',
          required: true,
          maxLength: 2000,
          ask: 'Escriba qué se hace con quien no responde o no autoriza.',
        },
      ],
    },
    ...kept('fuentes'),
    ...kept('proteccion'),
  ],
}

export const step3v2Upgrade: FormUpgrade = {
  stepCode: '3',
  from: 1,
  moves: [{ from: 'tecnicas.aplicacion', to: 'mecanismos.notas' }],
}
