/** Paso 7, divulgación (S1.20): dependencias informed, the dataset's description, legal checks, the exact tables to release. */
import type { FormDefinition, ScalarField } from '../../domain/forms.ts'
import { FREQUENCIES, LICENCES, TRANSPARENCY_MENU } from './choices.ts'

const CHECKS: readonly { code: string; label: string }[] = [
  { code: 'ley_1266', label: 'Los archivos cumplen la Ley 1266 de 2008 (hábeas data)' },
  { code: 'ley_1581', label: 'Los archivos cumplen la Ley 1581 de 2012: no contienen datos personales' },
  { code: 'lenguaje_comun', label: 'Los datos siguen el lenguaje común de intercambio de información' },
  { code: 'celdas', label: 'Se revisó la supresión de celdas pequeñas en cada tabla' },
]

const checks = CHECKS.map(
  ({ code, label }): ScalarField => ({
    kind: 'yesno',
    code,
    label,
    required: true,
    mustBe: 'si',
    ask: `Verifique y conteste: ${label}.`,
  }),
)

export const step7: FormDefinition = {
  stepCode: '7',
  version: 1,
  groups: [
    {
      code: 'dependencias',
      title: 'Dependencias informadas',
      source: 'MM-GAC-P-008 v2, actividad 7',
      fields: [
        {
          kind: 'list',
          code: 'lista',
          label: 'Dependencias',
          itemTitle: 'Dependencia',
          required: true,
          min: 1,
          max: 60,
          ask: 'Agregue al menos una dependencia informada.',
          fields: [
            {
              kind: 'reference',
              code: 'dependencia',
              label: 'Dependencia',
              source: 'agencies',
              required: true,
              ask: 'elija la dependencia.',
            },
            {
              kind: 'date',
              code: 'fecha',
              label: 'Fecha en que se informó',
              required: true,
              ask: 'escriba la fecha en que se informó.',
            },
            {
              kind: 'select',
              code: 'medio',
              label: 'Medio',
              required: true,
              choices: [
                { code: 'memorando', label: 'Memorando' },
                { code: 'correo', label: 'Correo institucional' },
                { code: 'reunion', label: 'Reunión' },
                { code: 'intranet', label: 'Intranet' },
              ],
              ask: 'elija el medio.',
            },
            { kind: 'yesno', code: 'acuse', label: 'Acusó recibo', required: true, ask: 'conteste si acusó recibo.' },
            {
              kind: 'text',
              code: 'constancia',
              label: 'Constancia del acuse (radicado o acta)',
              required: true,
              maxLength: 200,
              when: { field: 'acuse', equals: 'si' },
              ask: 'escriba la constancia del acuse.',
            },
          ],
        },
      ],
    },
    {
      code: 'conjunto',
      title: 'Conjunto de datos abiertos',
      source: 'MM-GAC-P-008 v2, actividad 7; Ley 1712 de 2014',
      fields: [
        {
          kind: 'text',
          code: 'titulo',
          label: 'Título',
          required: true,
          maxLength: 200,
          ask: 'Escriba el título del conjunto de datos.',
        },
        {
          kind: 'longtext',
          code: 'descripcion',
          label: 'Descripción',
          required: true,
          maxLength: 4000,
          ask: 'Escriba la descripción del conjunto de datos.',
        },
        {
          kind: 'radio',
          code: 'licencia',
          label: 'Licencia',
          required: true,
          choices: LICENCES,
          ask: 'Elija la licencia.',
        },
        {
          kind: 'date',
          code: 'desde',
          label: 'Periodo, desde',
          required: true,
          ask: 'Escriba la fecha en que empieza el periodo de los datos.',
        },
        {
          kind: 'date',
          code: 'hasta',
          label: 'Periodo, hasta',
          required: true,
          ask: 'Escriba la fecha en que termina el periodo de los datos.',
        },
        {
          kind: 'select',
          code: 'frecuencia',
          label: 'Frecuencia de actualización',
          required: true,
          choices: FREQUENCIES,
          ask: 'Elija la frecuencia de actualización.',
        },
        {
          kind: 'text',
          code: 'area',
          label: 'Área de contacto',
          required: true,
          maxLength: 200,
          ask: 'Escriba el área de contacto.',
        },
        {
          kind: 'text',
          code: 'correo',
          label: 'Correo institucional de contacto',
          format: 'email',
          required: true,
          maxLength: 200,
          ask: 'Escriba el correo institucional de contacto.',
        },
        {
          kind: 'text',
          code: 'etiquetas',
          label: 'Palabras clave',
          help: 'Separadas por comas.',
          required: true,
          maxLength: 500,
          ask: 'Escriba las palabras clave, separadas por comas.',
        },
        {
          kind: 'select',
          code: 'menu',
          label: 'Ítem del menú de transparencia',
          required: true,
          choices: TRANSPARENCY_MENU,
          ask: 'Elija el ítem del menú de transparencia.',
        },
      ],
    },
    {
      code: 'archivos',
      title: 'Archivos que se publican',
      help: 'Cada tabla sale en CSV y JSON con su diccionario; el informe aprobado sale en PDF.',
      source: 'MM-GAC-P-008 v2, actividad 7',
      fields: [
        {
          kind: 'list',
          code: 'lista',
          label: 'Tablas',
          itemTitle: 'Tabla',
          required: true,
          min: 1,
          max: 100,
          ask: 'Agregue al menos una tabla.',
          fields: [
            {
              kind: 'reference',
              code: 'figura',
              label: 'Figura',
              source: 'figures',
              required: true,
              ask: 'elija la figura.',
            },
            {
              kind: 'text',
              code: 'titulo',
              label: 'Título público',
              required: true,
              maxLength: 200,
              ask: 'escriba el título público.',
            },
          ],
        },
      ],
    },
    {
      code: 'verificaciones',
      title: 'Verificaciones legales',
      source: 'MM-GAC-P-008 v2, actividad 7',
      fields: checks,
    },
    {
      code: 'cambios',
      title: 'Nota de cambios',
      fields: [
        {
          kind: 'longtext',
          code: 'nota',
          label: 'Qué cambia en esta versión',
          required: true,
          maxLength: 2000,
          ask: 'Escriba qué cambia en esta versión; si es la primera, dígalo.',
        },
      ],
    },
  ],
}
