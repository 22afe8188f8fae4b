/**
 * Paso 6, versión 2: sections in rich text, with figures and numbers by reference (features G2); recommendations with who
 * answers for them and how it will be seen (G4); a glossary printed at the end (G5). Version 1 had plain text.
 */
import type { Field, FormDefinition, FormGroup, FormUpgrade } from '../../domain/forms.ts'
import { docFromPlain, storedRich } from '../../domain/rich-text.ts'
import { step6 } from './step-6.ts'

const OWNER: Field = {
  kind: 'reference',
  code: 'responsable',
  label: 'Cargo responsable',
  help: 'Quien informará el avance de la acción de mejora.',
  source: 'duties',
  required: true,
  ask: 'elija el cargo responsable.',
}

const INDICATOR: Field = {
  kind: 'text',
  code: 'indicador',
  label: 'Indicador',
  help: 'Cómo se sabrá que se cumplió, por ejemplo: jornadas de atención realizadas en corregimientos, 12 al año.',
  required: true,
  maxLength: 300,
  ask: 'escriba el indicador.',
}

function second(group: FormGroup): FormGroup {
  return {
    ...group,
    fields: group.fields.map((field) => (group.code === 'recomendaciones' ? withOwner(field) : rich(field))),
  }
}

function rich(field: Field): Field {
  return field.code === 'texto' && field.kind === 'longtext' ? { ...field, kind: 'richtext', maxLength: 40_000 } : field
}

function withOwner(field: Field): Field {
  if (field.kind !== 'list') return field
  const after = field.fields.findIndex((cell) => cell.code === 'dependencia') + 1
  return {
    ...field,
    fields: [...field.fields.slice(0, after), OWNER, INDICATOR, ...field.fields.slice(after)] as typeof field.fields,
  }
}

const glossary: FormGroup = {
  code: 'glosario',
  title: 'Glosario',
  help: 'Términos que se explican al final del informe.',
  fields: [
    {
      kind: 'list',
      code: 'lista',
      label: 'Términos',
      itemTitle: 'Término',
      max: 80,
      fields: [
        { kind: 'text', code: 'termino', label: 'Término', required: true, maxLength: 120, ask: 'escriba el término.' },
        {
          kind: 'longtext',
          code: 'definicion',
          label: 'Qué significa',
          required: true,
          maxLength: 1000,
          ask: 'escriba qué significa.',
        },
      ],
    },
  ],
}

export const step6v2: FormDefinition = {
  stepCode: '6',
  version: 2,
  groups: step6.groups.flatMap((group) => (group.code === 'anexos' ? [glossary, second(group)] : [second(group)])),
}

export const step6v2Upgrade: FormUpgrade = {
  stepCode: '6',
  from: 1,
  moves: step6.groups
    .filter((group) => group.fields.some((field) => field.code === 'texto'))
    .map(({ code }) => ({
      ...{ from: `${code}.texto`, to: `${code}.texto` },
      convert: (value: string) => storedRich(docFromPlain(value)) || undefined,
    })),
}
