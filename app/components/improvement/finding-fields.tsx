import { Heading, Select, Textarea, TextField } from '@navikt/ds-react'
import { findingText as words } from '../../text/improvement.ts'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'

interface Props {
  answer: Answer | undefined
  owners: { id: string; name: string; agency: string }[]
}

const ATTRIBUTES = ['criterion', 'condition', 'cause', 'effect'] as const

/** Where it stems from, its four attributes, and what is asked of whom. */
export function FindingFields({ answer, owners }: Props) {
  const field = fieldsOf('hallazgo', answer)
  return (
    <>
      <Heading level="2" size="small">
        {words.sourceTitle}
      </Heading>
      <TextField {...field('source')} label={words.source} description={words.sourceHelp} autoComplete="off" />
      <TextField {...field('radicado')} label={words.radicado} autoComplete="off" className="field--medium" />
      <NativeField {...field('foundOn')} type="date" label={words.foundOn} className="field--medium" />
      <Heading level="2" size="small">
        {words.findingTitle}
      </Heading>
      {ATTRIBUTES.map((name) => (
        <Textarea
          key={name}
          {...field(name)}
          label={words[name]}
          description={words.help[name]}
          minRows={2}
          maxRows={12}
        />
      ))}
      <Heading level="2" size="small">
        {words.actionTitle}
      </Heading>
      <Textarea {...field('what')} label={words.what} minRows={2} maxRows={12} />
      <Select {...field('positionId')} label={words.owner} className="field--medium">
        <option value="">{words.ownerNone}</option>
        {owners.map(({ id, name, agency }) => (
          <option key={id} value={id}>
            {words.ownerOf(name, agency)}
          </option>
        ))}
      </Select>
      <NativeField {...field('dueDate')} type="date" label={words.due} className="field--medium" />
      <TextField {...field('indicator')} label={words.indicator} autoComplete="off" />
    </>
  )
}
