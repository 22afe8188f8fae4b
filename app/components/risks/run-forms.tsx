import { Select, Textarea, VStack } from '@navikt/ds-react'
import type { OfferedEvidence } from '../../../db/control-evidence.ts'
import type { RunStatus, RunVerdict } from '../../../domain/control-runs.ts'
import { period, runText as words } from '../../text/control-runs.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { Section } from '../section.tsx'

interface Props {
  run: {
    status: RunStatus
    /** Hash of what this page shows of the run. */
    read: string
    offered: OfferedEvidence[]
    first: { from: string; to: string; validUntil: string }
  }
  may: 'execute' | 'check'
  answer: Answer | undefined
}

/** Codes of the forms, by what this person may do with a run. */
export const RUN_FORMS: Record<Props['may'], readonly RunVerdict[]> = {
  ...{ execute: ['execute', 'omit'], check: ['verify', 'reject'] },
}

/** What may be done with a run now: show that it was executed, say why not, or check what was said. */
export function RunForms(props: Props) {
  return props.may === 'execute' ? <Executing {...props} /> : <Checking {...props} />
}

function Executing({ run, answer }: Props) {
  const omit = fieldsOf('omit', answer)
  return (
    <>
      <Section id="ejecutar" title={words.executeTitle}>
        <AdminForm
          code="execute"
          answer={answer}
          submit={words.execute}
          hidden={{ read: run.read }}
          encType="multipart/form-data"
        >
          <p>{words.executeIntro}</p>
          <Showing run={run} answer={answer} />
        </AdminForm>
      </Section>
      <Section id="no-ejecutado" title={words.omitTitle}>
        <AdminForm code="omit" answer={answer} submit={words.omit} hidden={{ read: run.read }} secondary>
          <p>{words.omitIntro}</p>
          <Textarea {...omit('reason')} label={words.reason} minRows={2} maxRows={8} />
        </AdminForm>
      </Section>
    </>
  )
}

/** The file is last: whatever becomes of it, what was typed has arrived before. */
function Showing({ run: { offered, first }, answer }: Pick<Props, 'run' | 'answer'>) {
  const field = fieldsOf('execute', answer, first)
  const { id, name, error } = field('file')
  return (
    <>
      <NativeField type="date" {...field('from')} label={words.from} className="field--short" />
      <NativeField type="date" {...field('to')} label={words.to} description={words.toHelp} className="field--short" />
      <NativeField
        type="date"
        {...field('validUntil')}
        label={words.validUntil}
        description={words.validHelp}
        className="field--short"
      />
      <Textarea {...field('note')} label={words.note} minRows={2} maxRows={8} />
      {offered.length > 0 && (
        <Select {...field('evidenceId')} label={words.reuse} description={words.reuseHelp}>
          <option value="">{words.reuseNone}</option>
          {offered.map((one) => (
            <option key={one.id} value={one.id}>
              {words.reuseOption(one.name, one.control, period({ start: one.from, end: one.to }))}
            </option>
          ))}
        </Select>
      )}
      <NativeField type="file" {...{ id, name, error }} label={words.file} description={words.fileHelp} />
    </>
  )
}

function Checking({ run, answer }: Props) {
  const kind = run.status === 'omitted' ? 'omitted' : 'executed'
  const reject = fieldsOf('reject', answer)
  return (
    <VStack gap="space-32">
      <Section id="verificar" title={words.checkTitle}>
        <AdminForm code="verify" answer={answer} submit={words.verify[kind]} hidden={{ read: run.read }}>
          <p>{words.checkIntro[kind]}</p>
        </AdminForm>
      </Section>
      <Section id="devolver" title={words.rejectTitle}>
        <AdminForm code="reject" answer={answer} submit={words.reject} hidden={{ read: run.read }} danger>
          <Textarea {...reject('reason')} label={words.reason} minRows={2} maxRows={8} />
        </AdminForm>
      </Section>
    </VStack>
  )
}
