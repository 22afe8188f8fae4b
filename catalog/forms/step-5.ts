/** Paso 5, reporte (S1.18): each prioritized variable by objective, with its chart, its reading and what the data does not say. */
import type { FormDefinition } from '../../domain/forms.ts'

export const step5: FormDefinition = {
  stepCode: '5',
  version: 1,
  groups: [
    {
      code: 'lecturas',
      title: 'Variables por objetivo',
      help: 'Una fila por cada variable priorizada y cada objetivo al que sirve.',
      source: 'MM-GAC-P-008 v2, actividad 5',
      fields: [
        {
          kind: 'list',
          code: 'lista',
          label: 'Lecturas',
          itemTitle: 'Lectura',
          required: true,
          min: 1,
          max: 200,
          ask: 'Agregue al menos una lectura.',
          fields: [
            {
              kind: 'reference',
              code: 'variable',
              label: 'Variable',
              source: 'variables',
              required: true,
              ask: 'elija la variable.',
            },
            {
              kind: 'reference',
              code: 'objetivo',
              label: 'Objetivo específico',
              source: 'objectives',
              required: true,
              ask: 'elija el objetivo específico.',
            },
            {
              kind: 'radio',
              code: 'grafica',
              label: 'Gráfica',
              required: true,
              choices: [
                { code: 'histograma', label: 'Histograma' },
                { code: 'circular', label: 'Gráfica circular' },
              ],
              ask: 'elija histograma o gráfica circular.',
            },
            {
              kind: 'longtext',
              code: 'texto',
              label: 'Qué muestra',
              required: true,
              maxLength: 3000,
              ask: 'escriba qué muestra.',
            },
          ],
        },
      ],
    },
    {
      code: 'cruces',
      title: 'Cruces y filtros',
      source: 'MM-GAC-P-008 v2, actividad 5',
      fields: [
        {
          kind: 'longtext',
          code: 'texto',
          label: 'Qué muestran los cruces y filtros',
          required: true,
          maxLength: 6000,
          ask: 'Escriba qué muestran los cruces y filtros.',
        },
      ],
    },
    {
      code: 'cobertura',
      title: 'Cobertura y no respuesta',
      help: 'Diga qué parte de la población está en los datos y qué falta en ellos.',
      source: 'MM-GAC-P-008 v2, actividad 5',
      fields: [
        {
          kind: 'longtext',
          code: 'cobertura',
          label: 'Cobertura',
          required: true,
          maxLength: 3000,
          ask: 'Escriba la cobertura de los datos.',
        },
        {
          kind: 'longtext',
          code: 'no_respuesta',
          label: 'No respuesta',
          required: true,
          maxLength: 3000,
          ask: 'Escriba la no respuesta: datos que faltan o no se informan.',
        },
        { kind: 'longtext', code: 'limitaciones', label: 'Otras limitaciones', maxLength: 3000 },
      ],
    },
  ],
}
