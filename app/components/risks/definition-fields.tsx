import { Button, HStack, Radio, RadioGroup } from '@navikt/ds-react'
import { riskFormText as words } from '../../text/risks.ts'
import type { FormField } from '../form-fields.tsx'
import { EnterShows } from '../rules/rule-fields.tsx'
import { FormPart } from './form-part.tsx'

interface Props {
  field: FormField
  parts: readonly { code: string; text: string }[]
  others: readonly { code: string; name: string }[]
}

/** What every risk of this kind is. One that is not so is taken to another kind, with all that was typed. */
export function DefinitionFields({ field, parts, others }: Props) {
  const fields = parts.map(({ code, text }) => ({ ...field(`definition-${code}`), text }))
  const isUnmet = fields.some(({ error, defaultValue }) => error !== undefined && defaultValue === 'no')
  return (
    <FormPart title={words.definitionTitle} intro={words.definitionIntro}>
      <EnterShows label={words.review} />
      {fields.map(({ id, name, text, error, defaultValue }) => (
        <RadioGroup
          key={id}
          {...{ id, name, error, defaultValue }}
          legend={text}
          className="choices-in-line"
          tabIndex={-1}
        >
          <Radio value="si">{words.yes}</Radio>
          <Radio value="no">{words.no}</Radio>
        </RadioGroup>
      ))}
      {isUnmet && others.length > 0 && (
        <div>
          <HStack gap="space-16" wrap>
            {others.map(({ code, name }) => (
              <Button
                key={code}
                type="submit"
                name="paso"
                value="corregir"
                formAction={`/riesgos/nuevo?tipo=${code}`}
                variant="secondary"
              >
                {words.otherKind(name)}
              </Button>
            ))}
          </HStack>
          <p className="form-part__intro">{words.otherKindHelp}</p>
        </div>
      )}
    </FormPart>
  )
}
