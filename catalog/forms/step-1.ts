/** Paso 1, objetivos y alcance (S1.11, S1.14). */
import type { FormDefinition, ScalarField } from '../../domain/forms.ts'
import { procedure } from '../procedures/mm-gac-p-008-v2.ts'
import { CHANNELS, choicesFrom, POLICIES_AND_SCENARIOS } from './choices.ts'

const priorSources = procedure.priorSources.flatMap(({ code, text }): ScalarField[] => [
  {
    kind: 'radio',
    code: `${code}_uso`,
    label: text,
    required: true,
    choices: [
      { code: 'usada', label: 'Se usó' },
      { code: 'no_disponible', label: 'No está disponible' },
    ],
    ask: `Responda si usó o no está disponible: ${text}.`,
  },
  {
    kind: 'longtext',
    code: `${code}_resultados`,
    label: 'Dónde están los resultados',
    help: 'Nombre del documento o sistema, dependencia que lo guarda y periodo.',
    required: true,
    maxLength: 2000,
    when: { field: `${code}_uso`, equals: 'usada' },
    ask: `Escriba dónde están los resultados de: ${text}.`,
  },
  {
    kind: 'longtext',
    code: `${code}_motivo`,
    label: 'Por qué no está disponible',
    required: true,
    maxLength: 2000,
    when: { field: `${code}_uso`, equals: 'no_disponible' },
    ask: `Escriba por qué no está disponible: ${text}.`,
  },
])

const scopeQuestions = procedure.scopeQuestions.flatMap(({ code, text }): ScalarField[] => [
  { kind: 'yesno', code, label: text, required: true, ask: `Conteste sí o no: ${text}` },
  {
    kind: 'longtext',
    code: `${code}_detalle`,
    label: 'Detalle',
    help: 'A quiénes, con qué programa, servicio o periodo.',
    required: true,
    maxLength: 2000,
    when: { field: code, equals: 'si' },
    ask: `Escriba el detalle de: ${text}`,
  },
])

export const step1: FormDefinition = {
  stepCode: '1',
  version: 1,
  groups: [
    {
      code: 'fuentes',
      title: 'Fuentes y ejercicios anteriores',
      help: 'Revise qué se ha usado antes para levantar información y dónde quedaron los resultados.',
      source: 'MM-GAC-P-008 v2, actividad 1',
      fields: [
        {
          kind: 'longtext',
          code: 'estrategias',
          label: 'Estrategias, mecanismos y herramientas empleados antes',
          required: true,
          maxLength: 4000,
          ask: 'Escriba qué estrategias, mecanismos y herramientas se han empleado antes.',
        },
        ...priorSources,
      ],
    },
    {
      code: 'objetivos',
      title: 'Objetivos',
      source: 'MM-GAC-P-008 v2, actividad 1',
      fields: [
        {
          kind: 'longtext',
          code: 'general',
          label: 'Objetivo general',
          required: true,
          maxLength: 2000,
          ask: 'Escriba el objetivo general.',
        },
        {
          kind: 'checkboxes',
          code: 'fines',
          label: 'Para qué se usará la caracterización',
          required: true,
          choices: choicesFrom(procedure.purposes),
          ask: 'Marque al menos un fin de la caracterización.',
        },
        {
          kind: 'list',
          code: 'especificos',
          label: 'Objetivos específicos',
          itemTitle: 'Objetivo específico',
          required: true,
          min: 1,
          max: 20,
          ask: 'Agregue al menos un objetivo específico.',
          fields: [
            {
              kind: 'longtext',
              code: 'texto',
              label: 'Objetivo',
              required: true,
              maxLength: 1000,
              ask: 'escriba el objetivo.',
            },
            {
              kind: 'select',
              code: 'vinculo',
              label: 'Política o escenario al que responde',
              required: true,
              choices: POLICIES_AND_SCENARIOS,
              ask: 'elija la política o el escenario al que responde.',
            },
            {
              kind: 'longtext',
              code: 'resultado',
              label: 'Resultado que se desea alcanzar',
              required: true,
              maxLength: 1000,
              ask: 'escriba el resultado que se desea alcanzar.',
            },
          ],
        },
      ],
    },
    {
      code: 'preguntas',
      title: 'A quiénes se caracteriza',
      help: 'Las siete preguntas del lineamiento para seleccionar el grupo de interés.',
      source: 'MM-GAC-P-008 v2, lineamiento 1',
      fields: scopeQuestions,
    },
    {
      code: 'alcance',
      title: 'Alcance',
      source: 'MM-GAC-P-008 v2, actividad 1',
      fields: [
        {
          kind: 'longtext',
          code: 'poblacion',
          label: 'Población',
          required: true,
          maxLength: 2000,
          ask: 'Escriba la población del alcance.',
        },
        {
          kind: 'date',
          code: 'desde',
          label: 'Periodo, desde',
          required: true,
          ask: 'Escriba la fecha en que empieza el periodo.',
        },
        {
          kind: 'date',
          code: 'hasta',
          label: 'Periodo, hasta',
          required: true,
          ask: 'Escriba la fecha en que termina el periodo.',
        },
        {
          kind: 'checkboxes',
          code: 'canales',
          label: 'Canales de atención',
          required: true,
          choices: CHANNELS,
          ask: 'Marque al menos un canal de atención.',
        },
        { kind: 'text', code: 'territorio', label: 'Territorio', help: 'Si no es todo el municipio.' },
      ],
    },
    {
      code: 'equipo',
      title: 'Líder y equipo',
      source: 'MM-GAC-P-008 v2, alcance: roles y responsabilidades',
      fields: [
        {
          kind: 'text',
          code: 'lider',
          label: 'Líder del ejercicio (cargo)',
          required: true,
          maxLength: 200,
          ask: 'Escriba el cargo de quien lidera el ejercicio.',
        },
        {
          kind: 'list',
          code: 'integrantes',
          label: 'Equipo',
          itemTitle: 'Integrante',
          required: true,
          min: 1,
          max: 40,
          ask: 'Agregue al menos un integrante del equipo.',
          fields: [
            { kind: 'text', code: 'cargo', label: 'Cargo', required: true, maxLength: 200, ask: 'escriba el cargo.' },
            {
              kind: 'text',
              code: 'dependencia',
              label: 'Dependencia',
              required: true,
              maxLength: 200,
              ask: 'escriba la dependencia.',
            },
            {
              kind: 'text',
              code: 'responsabilidad',
              label: 'Responsabilidad',
              required: true,
              maxLength: 500,
              ask: 'escriba la responsabilidad.',
            },
          ],
        },
      ],
    },
  ],
}
