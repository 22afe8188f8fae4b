import { TextField } from '@navikt/ds-react'
import type { LoadedMethodologyDraft } from '../../pages/methodology-draft.server.ts'
import { methodologyDraftText as words } from '../../text/methodologies.ts'
import type { FormField } from '../form-fields.tsx'
import { FieldGroup } from './field-group.tsx'

/** What each control is worth: by its type and implementation, or by the points of its design. */
export function ControlWeightFields({ draft, field }: { draft: LoadedMethodologyDraft; field: FormField }) {
  const number = (path: string, label: string) => (
    <TextField key={path} {...field(path)} label={label} inputMode="numeric" className="field--short" />
  )
  return (
    <>
      {draft.types.map((name, i) => number(`types.${i}.weight`, words.weight(name)))}
      {draft.ways.map((name, i) => number(`implementations.${i}.weight`, words.weight(name)))}
      {draft.ways.length > 0 &&
        draft.typologies.map(({ code, name }) => (
          <FieldGroup key={code} legend={words.typology(name)}>
            <p className="quiet">{words.ownHelp}</p>
            {draft.ways.map((way, i) => number(`own.${code}.${i}`, words.ownWeight(way)))}
          </FieldGroup>
        ))}
      {draft.criteria.map(({ question, options }, i) => (
        <FieldGroup key={question} legend={question}>
          {options.map((option, j) => number(`criteria.${i}.${j}`, words.points(question, option)))}
        </FieldGroup>
      ))}
      {draft.grades.map((name, i) => (
        <FieldGroup key={name} legend={words.grade(name)}>
          {number(`grades.${i}.from`, words.gradeFrom)}
          {number(`grades.${i}.counts`, words.gradeCounts)}
          {number(`grades.${i}.levels`, words.gradeLevels)}
        </FieldGroup>
      ))}
    </>
  )
}
