import { Checkbox, Select, TextField } from '@navikt/ds-react'
import { administrationText, dutyChoice, postsText } from '../text/administration.ts'
import { type Answer, fieldsOf } from './form-fields.tsx'

interface Choice {
  id: string
  name: string
}

interface AgencyProps {
  code: string
  answer: Answer | undefined
  agencies: Choice[]
  initial?: Record<string, string | null>
}

/** What a dependencia is: the same fields when it is registered and when it is changed. */
export function AgencyFields({ code, answer, agencies, initial }: AgencyProps) {
  const field = fieldsOf(code, answer, initial)
  return (
    <>
      <TextField {...field('name')} label={postsText.agencyName} autoComplete="off" />
      <TextField
        {...field('code')}
        label={administrationText.optional(postsText.code)}
        description={postsText.codeHelp}
        autoComplete="off"
      />
      <Select {...field('parentId')} label={postsText.parent}>
        <option value="">{postsText.noParent}</option>
        {agencies.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <TextField
        {...field('contactEmail')}
        type="email"
        label={administrationText.optional(postsText.contactEmail)}
        autoComplete="off"
      />
    </>
  )
}

interface PositionProps {
  code: string
  answer: Answer | undefined
  duties: string[]
  /** What the entity calls them. */
  dutyNames: Record<string, string>
  /** Absent where the position stays in its agency. */
  agencies?: Choice[]
  initial?: Record<string, string | null>
}

export function PositionFields({ code, answer, duties, dutyNames, agencies, initial = {} }: PositionProps) {
  const field = fieldsOf(code, answer, initial)
  const heads = field('headsAgency')
  return (
    <>
      <TextField {...field('name')} label={postsText.positionName} autoComplete="off" />
      {agencies && (
        <Select {...field('agencyId')} label={postsText.agency}>
          {agencies.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Select {...field('duty')} label={postsText.duty} description={postsText.dutyHelp}>
        {duties.map((duty) => (
          <option key={duty} value={duty}>
            {dutyChoice(duty, dutyNames)}
          </option>
        ))}
      </Select>
      <div>
        <Checkbox
          id={heads.id}
          name="headsAgency"
          defaultChecked={heads.defaultValue === 'on'}
          description={heads.error ?? postsText.headsHelp}
          error={heads.error !== undefined}
        >
          {postsText.heads}
        </Checkbox>
      </div>
    </>
  )
}
