import { BodyLong, Heading, Select, Textarea, TextField } from '@navikt/ds-react'
import { newFindingText as words } from '../../text/findings.ts'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { OwnerField } from '../risks/owner-field.tsx'

interface RiskOption {
  code: string
  description: string
}

interface Props {
  answer: Answer | undefined
  owners: { id: string; name: string; agency: string }[]
  origins: { code: string; name: string }[]
  /** The one it is about, where the page of a risk led here. */
  risk: RiskOption | null
  risks: RiskOption[]
  /** What the fields begin with, where a working paper led here. */
  begin?: Record<string, string>
}

const ATTRIBUTES = ['criterion', 'condition', 'cause', 'effect'] as const

/** What showed it, its four attributes, and who answers. */
export function FindingFields({ answer, owners, origins, risk, risks, begin }: Props) {
  const field = fieldsOf('hallazgo', answer, { ...begin, risk: risk?.code ?? '' })
  return (
    <>
      <Heading level="2" size="small">
        {words.sourceTitle}
      </Heading>
      <Select {...field('origin')} label={words.origin} className="field--medium">
        <option value="">{words.originNone}</option>
        {origins.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <TextField {...field('source')} label={words.source} description={words.sourceHelp} autoComplete="off" />
      <TextField {...field('radicado')} label={words.radicado} autoComplete="off" className="field--medium" />
      <NativeField {...field('foundOn')} type="date" label={words.foundOn} className="field--medium" />
      {risk && <BodyLong>{words.ofRisk(risk.code, risk.description)}</BodyLong>}
      <TextField
        {...field('risk')}
        label={words.risk}
        description={words.riskHelp}
        list="riesgos-del-mapa"
        autoComplete="off"
        className="field--medium"
      />
      <datalist id="riesgos-del-mapa">
        {risks.map(({ code, description }) => (
          <option key={code} value={code}>
            {description}
          </option>
        ))}
      </datalist>
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
        {words.ownerTitle}
      </Heading>
      <OwnerField field={field('positionId')} label={words.owner} owners={owners} />
    </>
  )
}
