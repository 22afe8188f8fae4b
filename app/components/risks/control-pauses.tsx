import { Radio, RadioGroup, Textarea } from '@navikt/ds-react'
import { useActionData } from '@remix-run/react'
import type { ShownPause } from '../../../db/control-pages.ts'
import { controlText as words } from '../../text/control-runs.ts'
import { formatDate } from '../../text/format.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Column, DataTable } from '../data-table.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { Section } from '../section.tsx'

/** The pauses a control has had, and who lifted them early. */
export function PauseTable({ pauses }: { pauses: ShownPause[] }) {
  return (
    <Section id="pausas" title={words.pausesTitle}>
      {pauses.length > 0 ? (
        <DataTable
          caption={words.pausesCaption}
          hideCaption
          columns={PAUSE_COLUMNS}
          rows={pauses}
          rowKey={(row) => row.id}
        />
      ) : (
        <p>{words.noPauses}</p>
      )}
    </Section>
  )
}

interface FormProps {
  formKey: string
  today: string
}

export function PauseForm({ formKey, today }: FormProps) {
  const answer = useActionData<Answer>()
  const field = fieldsOf('pausa', answer, { from: today })
  return (
    <Section id="pausa" title={words.pauseTitle}>
      <AdminForm code="pausa" answer={answer} submit={words.pause} hidden={{ formKey }} secondary>
        <p>
          {words.pauseIntro} {words.pauseLimit}
        </p>
        <NativeField type="date" {...field('from')} label={words.pauseFrom} className="field--short" />
        <NativeField type="date" {...field('until')} label={words.pauseUntil} className="field--short" />
        <Textarea {...field('reason')} label={words.pauseReason} minRows={2} maxRows={8} />
      </AdminForm>
    </Section>
  )
}

/** `standing`: pauses that last yet or are to come, the first first. */
export function ResumeForm({ formKey, today, standing }: FormProps & { standing: ShownPause[] }) {
  const answer = useActionData<Answer>()
  const field = fieldsOf('reanudar', answer, { resumesOn: today })
  return (
    <Section id="reanudar" title={words.resumeTitle}>
      <AdminForm code="reanudar" answer={answer} submit={words.resume} hidden={{ formKey }} secondary>
        <p>{words.resumeIntro}</p>
        <RadioGroup {...field('pauseId')} legend={words.resumePause}>
          {standing.map((one) => (
            <Radio key={one.id} value={one.id} description={one.reason}>
              {words.pauseDays(formatDate(one.from), formatDate(one.lastDay))}
            </Radio>
          ))}
        </RadioGroup>
        <NativeField type="date" {...field('resumesOn')} label={words.resumesOn} className="field--short" />
        <Textarea {...field('reason')} label={words.resumeReason} minRows={2} maxRows={8} />
      </AdminForm>
    </Section>
  )
}

const PAUSE_COLUMNS: Column<ShownPause>[] = [
  { key: 'from', header: words.pauseColumns.from, rowHeader: true, cell: ({ from }) => formatDate(from) },
  { key: 'until', header: words.pauseColumns.until, cell: ({ until }) => formatDate(until) },
  { key: 'reason', header: words.pauseColumns.reason, cell: ({ reason }) => reason },
  { key: 'by', header: words.pauseColumns.by, cell: ({ by }) => by },
  {
    key: 'resumed',
    header: words.pauseColumns.resumed,
    cell: ({ resumed }) =>
      resumed && (
        <>
          {words.resumedOn(formatDate(resumed.on), resumed.by)}
          <span className="quiet block">{resumed.reason}</span>
        </>
      ),
  },
]
