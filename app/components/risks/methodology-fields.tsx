import { Heading, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import { AXES, EVIDENCE_STATES, REVIEW_MONTHS } from '../../../domain/risk-methodology.ts'
import type { LoadedMethodologyDraft } from '../../pages/methodology-draft.server.ts'
import { methodologyText, methodologyDraftText as words } from '../../text/methodologies.ts'
import { type Answer, type FormField, fieldsOf } from '../form-fields.tsx'
import { ControlWeightFields } from './control-weight-fields.tsx'
import { FieldGroup } from './field-group.tsx'
import { LevelsChanged, ScaleFields, typedLevels } from './level-fields.tsx'
import { MatrixFields } from './matrix-fields.tsx'

interface Props {
  draft: LoadedMethodologyDraft
  answer: Answer | undefined
}

/** Every part of a methodology that an entity may adapt, in the order in which its version shows them. */
export function MethodologyFields({ draft, answer }: Props) {
  const field = fieldsOf('copia', answer, draft.initial)
  const levels = { probability: typedLevels(draft, field, 'probability'), impact: typedLevels(draft, field, 'impact') }
  return (
    <VStack gap="space-32">
      <LevelsChanged answer={answer} />
      <TextField {...field('name')} label={words.name} autoComplete="off" />
      <Part title={methodologyText.matrixTitle}>
        <MatrixFields zones={draft.zones} levels={levels} field={field} />
      </Part>
      {AXES.map((axis) => (
        <Part key={axis} title={methodologyText.axes[axis]}>
          <ScaleFields axis={axis} levels={levels[axis]} from={draft.from[axis]} field={field} />
        </Part>
      ))}
      <Part title={methodologyText.zonesTitle}>
        {draft.zones.map(({ code, name, acceptors }, i) => (
          <ZoneFields key={code} field={field} at={`zones.${i}`} name={name} acceptors={acceptors} />
        ))}
      </Part>
      <Part title={methodologyText.typologiesTitle}>
        {draft.typologies.map((one, i) => (
          <TypologyFields key={one.code} field={field} at={`typologies.${i}`} typology={one} draft={draft} />
        ))}
      </Part>
      <Part title={methodologyText.weightsTitle}>
        <ControlWeightFields draft={draft} field={field} />
      </Part>
      <Part title={methodologyText.evidenceTitle}>
        {EVIDENCE_STATES.map((state) => (
          <TextField
            key={state}
            {...field(`evidence.${state}`)}
            label={words.share(methodologyText.evidence[state])}
            inputMode="numeric"
            className="field--short"
          />
        ))}
      </Part>
    </VStack>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <VStack gap="space-20">
      <Heading level="2" size="medium">
        {title}
      </Heading>
      {children}
    </VStack>
  )
}

interface Named {
  code: string
  name: string
}

function ZoneFields(props: { field: FormField; at: string; name: string; acceptors: Named[] }) {
  const { field, at, name, acceptors } = props
  return (
    <FieldGroup legend={words.zone(name)}>
      <TextField {...field(`${at}.name`)} label={words.zoneName} autoComplete="off" />
      <Select {...field(`${at}.acceptedBy`)} label={words.acceptedBy}>
        <option value="">{methodologyText.nobody}</option>
        {acceptors.map((one) => (
          <option key={one.code} value={one.code}>
            {one.name}
          </option>
        ))}
      </Select>
      <YesNo field={field(`${at}.needsEvidence`)} label={words.needsEvidence} />
      <TextField
        {...field(`${at}.reviewMonths`)}
        label={words.reviewMonths}
        description={words.reviewMonthsHelp(REVIEW_MONTHS.least, REVIEW_MONTHS.most)}
        inputMode="numeric"
        className="field--short"
      />
    </FieldGroup>
  )
}

interface TypologyProps {
  field: FormField
  at: string
  typology: Named & { mayBeAcceptable: boolean }
  draft: LoadedMethodologyDraft
}

function TypologyFields({ field, at, typology, draft }: TypologyProps) {
  return (
    <FieldGroup legend={words.typology(typology.name)}>
      <TextField {...field(`${at}.name`)} label={words.typologyName} autoComplete="off" />
      <Textarea
        {...field(`${at}.wording`)}
        label={words.wording}
        description={words.wordingHelp(draft.fields)}
        minRows={2}
        maxRows={5}
      />
      {typology.mayBeAcceptable ? (
        <YesNo field={field(`${at}.isAcceptable`)} label={words.isAcceptable} />
      ) : (
        <p className="quiet">{words.neverAcceptable}</p>
      )}
      <Select {...field(`${at}.appetite`)} label={words.appetite} className="field--short">
        {draft.zones.map((zone) => (
          <option key={zone.code} value={zone.code}>
            {zone.name}
          </option>
        ))}
      </Select>
    </FieldGroup>
  )
}

function YesNo({ field, label }: { field: ReturnType<FormField>; label: string }) {
  return (
    <Select {...field} label={label} className="field--short">
      <option value="si">{methodologyText.yes}</option>
      <option value="no">{methodologyText.no}</option>
    </Select>
  )
}
