import { Link } from '@remix-run/react'
import type { ImportRow } from '../../../db/sources.ts'
import type { Mapping } from '../../../domain/sources.ts'
import type { Preview } from '../../pages/source.server.ts'
import { sourceText } from '../../text/sources.ts'
import { errorOf, type ShownError } from '../form-errors.tsx'
import { Section } from '../section.tsx'
import { ConfirmReading } from './confirm-reading.tsx'
import { FileUpload } from './file-upload.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'

interface Props {
  /** Address of the source's page. */
  here: string
  underWay: ImportRow | null
  done: ImportRow | null
  toConfirm: ImportRow | null
  /** Absent where there is nothing to confirm, or not for this reader. */
  preview: Preview | null
  wanted: { code: string; label: string }[]
  mayChange: boolean
  mayAnalyse: boolean
  answer: { errors: ShownError[]; mapping: Mapping | null } | undefined
}

/** What there is to do now: load, confirm, wait, or read the result. */
export function WorkNow(props: Props) {
  const { here, underWay, done, toConfirm, preview, mayChange, mayAnalyse, wanted, answer } = props
  if (underWay) return <UnderWay row={underWay} mayCancel={mayChange} />
  if (preview && toConfirm)
    return <ConfirmReading here={here} file={toConfirm} preview={preview} wanted={wanted} answer={answer} />
  return (
    <>
      {done && <Done row={done} rejectsTo={mayAnalyse ? `${here}/rechazados/${done.id}` : undefined} />}
      {done && mayChange && (done.rejects ?? 0) > 0 && (
        <Section id="correccion" title={sourceText.correct}>
          <p className="reading">{sourceText.correctWhy}</p>
          <FileUpload
            to={here}
            label={sourceText.correctUpload}
            error={errorOf(answer?.errors, 'corregidos')}
            corrects={done.id}
            isReplacement
          />
        </Section>
      )}
      {mayChange && <Load here={here} done={done} error={errorOf(answer?.errors, 'archivo')} />}
    </>
  )
}

function UnderWay({ row, mayCancel }: { row: ImportRow; mayCancel: boolean }) {
  return (
    <Section id="avance" title={sourceText.progress}>
      <ImportProgress
        importId={row.id}
        rows={row.progressRows}
        estimated={row.sniff.estimatedRecords ?? 0}
        isWaiting={row.status === 'received'}
        isCancelling={row.cancelAskedAt !== null}
        mayCancel={mayCancel}
      />
    </Section>
  )
}

function Done({ row, rejectsTo }: { row: ImportRow; rejectsTo: string | undefined }) {
  return (
    <Section id="resultado" title={sourceText.result}>
      <ImportResult
        rows={row.rows ?? 0}
        rejects={row.rejects ?? 0}
        byReason={row.rejectsByReason}
        columns={row.mapping.filter((column) => column.role !== 'ignore').length}
        snapshotHash={row.snapshotHash ?? ''}
        fileHash={row.fileSha256}
        rejectsTo={rejectsTo}
      />
    </Section>
  )
}

function Load({ here, done, error }: { here: string; done: ImportRow | null; error: string | undefined }) {
  return (
    <Section id="archivo" title={done ? sourceText.replace : sourceText.file}>
      {done && <p className="reading">{sourceText.replaceWhy}</p>}
      <FileUpload to={here} label={sourceText.upload} error={error} isReplacement={done !== null} />
      {done && !done.baseImportId && (
        <ul className="links">
          <li>
            <Link to={`?corregir=${done.id}`}>{sourceText.remap}</Link>
          </li>
        </ul>
      )}
    </Section>
  )
}
