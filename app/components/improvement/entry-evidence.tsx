import { TextField } from '@navikt/ds-react'
import { actionText as words } from '../../text/improvement.ts'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { type EvidenceFile, EvidenceFiles } from './evidence-files.tsx'

/** Evidence that was given before, for whoever decides on it. */
export function FilesSoFar({ code, files }: { code: string; files: EvidenceFile[] }) {
  if (files.length === 0) return null
  return (
    <div>
      <strong>{words.filesSoFar}</strong>
      <EvidenceFiles files={files} filesAt={`/mejora/${code}/archivos`} />
    </div>
  )
}

interface EvidenceProps {
  form: string
  answer: Answer | undefined
  /** Without it the form is not taken. */
  isAsked?: boolean
}

/** Last in its form: whatever becomes of the files, what was typed has arrived before them. */
export function Evidence({ form, answer, isAsked = false }: EvidenceProps) {
  const field = fieldsOf(form, answer)
  const { id, name, error } = field('files')
  return (
    <>
      <TextField
        {...field('evidence')}
        label={isAsked ? words.resultEvidence : words.evidence}
        description={isAsked ? words.resultEvidenceHelp : words.evidenceHelp}
      />
      <NativeField
        type="file"
        multiple
        {...{ id, name, error }}
        label={isAsked ? words.resultFiles : words.files}
        description={words.filesHelp}
      />
    </>
  )
}
