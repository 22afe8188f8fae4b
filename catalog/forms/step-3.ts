/** Paso 3, mecanismos de recolección (S1.16): digital registers first, then techniques, then the sources TIC attaches. */
import type { FormDefinition, ScalarField } from '../../domain/forms.ts'
import { procedure } from '../procedures/mm-gac-p-008-v2.ts'
import { choicesFrom } from './choices.ts'

const registers = procedure.digitalRegisters.flatMap(({ code, text }): ScalarField[] => [
  {
    kind: 'radio',
    code: `${code}_estado`,
    label: text,
    required: true,
    choices: [
      { code: 'revisado', label: 'Se revisó' },
      { code: 'no_existe', label: 'No existe para el periodo' },
    ],
    ask: `Responda si revisó o no existe: ${text}.`,
  },
  {
    kind: 'longtext',
    code: `${code}_hallazgo`,
    label: 'Qué aporta y dónde está',
    required: true,
    maxLength: 2000,
    when: { field: `${code}_estado`, equals: 'revisado' },
    ask: `Escriba qué aporta y dónde está: ${text}.`,
  },
  {
    kind: 'longtext',
    code: `${code}_motivo`,
    label: 'Por qué no existe',
    required: true,
    maxLength: 2000,
    when: { field: `${code}_estado`, equals: 'no_existe' },
    ask: `Escriba por qué no existe: ${text}.`,
  },
])

export const step3: FormDefinition = {
  stepCode: '3',
  version: 1,
  groups: [
    {
      code: 'registros',
      title: 'Registros digitales revisados',
      help: 'Revise primero la información que la entidad ya tiene por su interacción con los ciudadanos.',
      source: 'MM-GAC-P-008 v2, actividad 3, registros',
      fields: registers,
    },
    {
      code: 'tecnicas',
      title: 'Técnicas e instrumentos',
      source: 'MM-GAC-P-008 v2, actividad 3',
      fields: [
        {
          kind: 'checkboxes',
          code: 'cualitativas',
          label: 'Técnicas cualitativas',
          choices: choicesFrom(procedure.techniques.filter((technique) => technique.kind === 'qualitative')),
        },
        {
          kind: 'checkboxes',
          code: 'cuantitativas',
          label: 'Técnicas cuantitativas',
          choices: choicesFrom(procedure.techniques.filter((technique) => technique.kind === 'quantitative')),
        },
        {
          kind: 'longtext',
          code: 'aplicacion',
          label: 'Cómo se aplican',
          help: 'Quién las aplica, cuándo, a quiénes y con qué instrumento.',
          required: true,
          maxLength: 4000,
          ask: 'Escriba cómo se aplican las técnicas elegidas.',
        },
      ],
    },
    {
      code: 'fuentes',
      title: 'Fuentes de datos',
      help: 'Profesional TIC adjunta cada fuente con su contrato; aquí se dice cuáles se usan y para qué.',
      source: 'MM-GAC-P-008 v2, actividad 3, Oficina TIC',
      fields: [
        {
          kind: 'list',
          code: 'lista',
          label: 'Fuentes que se usan',
          itemTitle: 'Fuente',
          required: true,
          min: 1,
          max: 20,
          ask: 'Agregue al menos una fuente de datos.',
          fields: [
            {
              kind: 'reference',
              code: 'fuente',
              label: 'Fuente adjunta',
              source: 'sources',
              required: true,
              ask: 'elija una fuente adjunta.',
            },
            {
              kind: 'longtext',
              code: 'uso',
              label: 'Para qué se usa',
              required: true,
              maxLength: 1000,
              ask: 'escriba para qué se usa.',
            },
          ],
        },
      ],
    },
    {
      code: 'proteccion',
      title: 'Tratamiento de datos personales',
      source: 'Ley 1581 de 2012; Ley 1266 de 2008',
      fields: [
        {
          kind: 'longtext',
          code: 'medidas',
          label: 'Medidas de protección y anonimización',
          required: true,
          maxLength: 4000,
          ask: 'Escriba las medidas de protección y anonimización.',
        },
      ],
    },
  ],
}
