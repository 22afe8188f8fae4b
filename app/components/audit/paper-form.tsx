import { Radio, RadioGroup, Textarea } from '@navikt/ds-react'
import { PAPER_RESULTS } from '../../../domain/audit-samples.ts'
import { paperResultText, paperText as words } from '../../text/audit-samples.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'

interface Props {
  answer: Answer | undefined
  paperId: string
  /** What it says now; the new version begins with it. */
  last: { test: string; result: string; evidence: string; conclusion: string } | undefined
}

/** A version of the working paper of an item. */
export function PaperForm({ answer, paperId, last }: Props) {
  const field = fieldsOf('papel', answer, { ...last })
  return (
    <AdminForm code="papel" answer={answer} submit={words.submit} hidden={{ paperId }}>
      <Textarea {...field('test')} label={words.test} minRows={2} maxRows={12} />
      <RadioGroup legend={words.result} {...field('result')}>
        {PAPER_RESULTS.map((code) => (
          <Radio key={code} value={code}>
            {paperResultText[code]}
          </Radio>
        ))}
      </RadioGroup>
      <Textarea
        {...field('evidence')}
        label={words.evidence}
        description={words.evidenceHelp}
        minRows={2}
        maxRows={12}
      />
      <Textarea {...field('conclusion')} label={words.conclusion} minRows={2} maxRows={12} />
    </AdminForm>
  )
}
