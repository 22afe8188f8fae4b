import { BodyLong, Radio, RadioGroup, Textarea, VStack } from '@navikt/ds-react'
import { DROP_VERDICTS } from '../../../domain/improvement.ts'
import { actionText as words } from '../../text/improvement.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'
import { Evidence, FilesSoFar } from './entry-evidence.tsx'
import type { EvidenceFile } from './evidence-files.tsx'

interface Props {
  action: { code: string }
  files: EvidenceFile[]
  entryId: string
  answer: Answer | undefined
}

/** Whether an action is given up, as whoever answers for it asks. */
export function DropForm({ action, files, entryId, answer }: Props) {
  const field = fieldsOf('descarte', answer)
  const { error, defaultValue } = field('verdict')
  return (
    <Section id="descarte" title={words.dropTitle}>
      <VStack gap="space-16">
        <BodyLong className="reading">{words.dropIntro}</BodyLong>
        <FilesSoFar code={action.code} files={files} />
        <AdminForm
          code="descarte"
          answer={answer}
          submit={words.decideDrop}
          hidden={{ entryId }}
          encType="multipart/form-data"
        >
          <RadioGroup id="descarte-verdict" name="verdict" legend={words.drop} {...{ error, defaultValue }}>
            {DROP_VERDICTS.map((verdict) => (
              <Radio key={verdict} value={verdict}>
                {words.drops[verdict]}
              </Radio>
            ))}
          </RadioGroup>
          <Textarea {...field('body')} label={words.grounds} minRows={3} maxRows={12} />
          <Evidence form="descarte" answer={answer} />
        </AdminForm>
      </VStack>
    </Section>
  )
}
