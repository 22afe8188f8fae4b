import { Alert, BodyLong, BodyShort, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { useNavigate } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import {
  type Answers,
  emptyRow,
  entriesOf,
  type FieldError,
  type FormDefinition,
  type FormGroup,
  findField,
  type ReferenceOptions,
  rowsOf,
  type ScalarField,
  type ScalarValue,
  withRowRemoved,
} from '../../../domain/forms.ts'
import { optionsWithin } from '../../../domain/references.ts'
import { gapSentence } from '../../text/gaps.ts'
import { stepText } from '../../text/steps.ts'
import { FormErrors, errorOf as messageOf } from '../form-errors.tsx'
import { useLeaving } from '../use-saving.ts'
import { newRowId, type Place, withValue } from './change-answers.ts'
import { ConflictPanel } from './conflict-panel.tsx'
import { FieldInput } from './field.tsx'
import { conditionOf, ListInput } from './list-field.tsx'
import { type OtherEditor, OthersHere } from './others-here.tsx'
import { SaveStatus } from './save-status.tsx'
import { useDraft } from './use-draft.ts'

export interface StepFormProps {
  definition: FormDefinition
  answers: Answers
  options: ReferenceOptions
  rev: number
  saved: { at: string; by: string; mine: boolean } | null
  errors: FieldError[]
  /** Everybody else who has this draft open. */
  others: OtherEditor[]
  /** Observations of the last return, by group; they stand at the head of the group they are about. */
  observations: { section: string; body: string }[]
  /** Address of the step's page, to which everything of this form hangs. */
  base: string
}

/** The form of a step, drawn from its definition. Works without script; with it, saves itself while one types. */
export function StepForm({ definition, saved, others, observations, base, ...start }: StepFormProps) {
  const draft = useDraft({ definition, answers: start.answers, rev: start.rev, address: `${base}/borrador` })
  const { answers, change, flush } = draft
  const options = useMemo(
    () => ({ ...start.options, ...optionsWithin(definition.stepCode, answers) }),
    [start.options, definition, answers],
  )
  const navigate = useNavigate()
  const added = useRef<string | null>(null)
  const faults = draft.errors.length > 0 ? draft.errors : start.errors
  const errors = useMemo(() => faults.map((fault) => ({ field: fault.path, message: gapSentence(fault) })), [faults])
  const errorOf = (name: string) => messageOf(errors, name)
  useLeaving(draft.isDirty, flush)

  const onChange = useCallback(
    (place: Place, value: ScalarValue) => change((now) => withValue(now, place, value)),
    [change],
  )
  const onRemove = useCallback(
    (path: string, row: string) => change((now) => withRowRemoved(definition, now, path, row)),
    [change, definition],
  )
  const onAdd = (path: string) => {
    const [group = '', code = ''] = path.split('.')
    const list = findField(definition, group, code)
    if (list?.kind !== 'list') return
    added.current = `${path}[${rowsOf(answers, group, code).length}].${list.fields[0]?.code}`
    const row = emptyRow(list, newRowId())
    change((now) => ({ ...now, [group]: { ...now[group], [code]: [...rowsOf(now, group, code), row] } }))
  }
  useEffect(() => {
    if (added.current) document.getElementById(added.current)?.focus()
    added.current = null
  })

  const send = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const goesOn = submitter instanceof HTMLButtonElement && submitter.value === 'continuar'
    if ((await flush()) && goesOn) navigate(`${base}/revise`)
  }

  return (
    <VStack gap="space-24">
      <FormErrors errors={errors} />
      <OthersHere others={others} address={`${base}/presencia`} of="step" />
      {draft.conflict && (
        <ConflictPanel merge={draft.conflict.merge} hidden={hiddenOf(definition, answers)} base={base} />
      )}
      <form method="post" noValidate onSubmit={send} aria-label={stepText.crumb(definition.stepCode)}>
        <input type="hidden" name="rev" value={start.rev} />
        <input type="hidden" name="formulario" value={definition.version} />
        {/* Enter in a field means save, and not the first button of the page. */}
        <button type="submit" name="intent" value="guardar" className="aksel-sr-only" tabIndex={-1} aria-hidden="true">
          {stepText.save}
        </button>
        <VStack gap="space-24">
          {definition.groups.map((group) => (
            <Group
              key={group.code}
              group={group}
              observations={observations.filter((one) => one.section === group.code)}
            >
              {group.fields.map((field) =>
                field.kind === 'list' ? (
                  <ListInput
                    key={field.code}
                    list={field}
                    group={group.code}
                    rows={rowsOf(answers, group.code, field.code)}
                    options={options}
                    errorOf={errorOf}
                    onChange={onChange}
                    onAdd={onAdd}
                    onRemove={onRemove}
                  />
                ) : (
                  <FieldInput
                    key={field.code}
                    field={field}
                    name={`${group.code}.${field.code}`}
                    place={{ group: group.code, field: field.code }}
                    value={answers[group.code]?.[field.code] as ScalarValue | undefined}
                    choices={field.kind === 'reference' ? options[field.source] : undefined}
                    error={errorOf(`${group.code}.${field.code}`)}
                    onlyIf={conditionOf(field, group.fields as ScalarField[], answers[group.code] ?? {})}
                    onChange={onChange}
                  />
                ),
              )}
            </Group>
          ))}
          <div className="form-end">
            <HStack gap="space-16" align="center" wrap>
              <Button type="submit" name="intent" value="continuar" variant={draft.conflict ? 'secondary' : 'primary'}>
                {stepText.review}
              </Button>
              <Button type="submit" name="intent" value="guardar" variant="secondary" className="form-end__save">
                {stepText.save}
              </Button>
              <SaveStatus state={draft.state} saved={saved} />
            </HStack>
          </div>
        </VStack>
      </form>
    </VStack>
  )
}

interface GroupProps {
  group: FormGroup
  observations: { body: string }[]
  children: React.ReactNode
}

function Group({ group, observations, children }: GroupProps) {
  return (
    <section className="card" id={group.code} aria-labelledby={`${group.code}-titulo`} tabIndex={-1}>
      <VStack gap="space-20">
        <div>
          <Heading level="2" size="small" id={`${group.code}-titulo`}>
            {group.title}
          </Heading>
          {group.help && <BodyShort>{group.help}</BodyShort>}
          {group.source && <BodyShort className="quiet">{stepText.source(group.source)}</BodyShort>}
        </div>
        {observations.map((observation) => (
          <Alert key={observation.body} variant="warning" size="small">
            <strong>{stepText.observationsHere}: </strong>
            <BodyLong as="span" className="typed">
              {observation.body}
            </BodyLong>
          </Alert>
        ))}
        {children}
      </VStack>
    </section>
  )
}

/** What is on the page now, also what was typed after the other one saved. */
function hiddenOf(definition: FormDefinition, answers: Answers): [string, string][] {
  return [...entriesOf(definition, answers), ['formulario', String(definition.version)]]
}
