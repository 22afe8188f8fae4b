import { BodyLong, BodyShort, Radio, RadioGroup, Select, TextField, VStack } from '@navikt/ds-react'
import { CAPTURE_MODES, CONSENT_CHANNELS, NETWORKS, type Network } from '../../../domain/capture.ts'
import { type ConsentText, NEEDED_PURPOSE } from '../../../domain/capture-forms.ts'
import { channelText, modeText, networkText, beginText as words } from '../../text/capture.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { Section } from '../section.tsx'

interface Props {
  formKey: string
  formatCode: string
  points: { id: string; name: string }[]
  initial: Record<string, string>
  /** Null where the installation cannot tell: then it is asked. */
  network: Network | null
  consent: ConsentText
  answer: Answer | undefined
}

/** First page of a record: how it is captured, and the text with an answer to each purpose before anything is asked. */
export function BeginForm({ formKey, formatCode, points, initial, network, consent, answer }: Props) {
  const field = fieldsOf('inicio', answer, initial)
  const radio = (name: string) => {
    const { id, defaultValue, error } = field(name)
    return { id, name, defaultValue, error }
  }
  const [only] = points
  const isOnly = points.length === 1 && only !== undefined
  return (
    <AdminForm
      code="inicio"
      answer={answer}
      submit={words.submit}
      hidden={{ formKey, ...(isOnly && { grantId: only.id }) }}
      cancelTo="/captura"
    >
      {!isOnly && (
        <Select {...field('grantId')} label={words.point}>
          <option value="">{words.choosePoint}</option>
          {points.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Section id="como" title={words.originTitle}>
        <VStack gap="space-20">
          <Choices {...radio('mode')} legend={words.mode} options={CAPTURE_MODES} names={modeText} />
          <fieldset className="row">
            <legend>{words.paperLegend}</legend>
            <TextField
              {...field('paperCode')}
              label={words.paperCode}
              description={words.paperCodeHelp(formatCode)}
              autoComplete="off"
            />
            <TextField
              {...field('paperVersion')}
              label={words.paperVersion}
              autoComplete="off"
              className="field--short"
            />
            <NativeField {...field('paperOn')} type="date" label={words.paperOn} />
          </fieldset>
          {network ? (
            <BodyShort>{words.networkKnown(networkText[network])}</BodyShort>
          ) : (
            <Choices {...radio('network')} legend={words.network} options={NETWORKS} names={networkText} />
          )}
        </VStack>
      </Section>
      <Section id="texto" title={words.consentTitle}>
        <VStack gap="space-20">
          <div className="quoted">
            {consent.paragraphs.map((paragraph) => (
              <BodyLong key={paragraph} spacing>
                {paragraph}
              </BodyLong>
            ))}
            <BodyShort className="quiet">{words.version(consent.version)}</BodyShort>
          </div>
          {consent.purposes.map(({ code, title, text }) => {
            const { id, ...rest } = radio(code)
            const help = code === NEEDED_PURPOSE ? `${text} ${words.refusalHelp}` : text
            return (
              <RadioGroup key={code} {...rest} legend={title} description={help}>
                <Radio value="si" id={id}>
                  {words.yes}
                </Radio>
                <Radio value="no">{words.no}</Radio>
              </RadioGroup>
            )
          })}
          <Choices {...radio('channel')} legend={words.channel} options={CONSENT_CHANNELS} names={channelText} />
        </VStack>
      </Section>
    </AdminForm>
  )
}

interface ChoicesProps<C extends string> {
  id: string
  name: string
  defaultValue: string
  error: string | undefined
  legend: string
  options: readonly C[]
  names: Record<C, string>
}

function Choices<C extends string>({ id, options, names, ...group }: ChoicesProps<C>) {
  return (
    <RadioGroup {...group}>
      {options.map((code, i) => (
        <Radio key={code} value={code} id={i === 0 ? id : undefined}>
          {names[code]}
        </Radio>
      ))}
    </RadioGroup>
  )
}
