import { Alert, Button, Select, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import type { CapturedCount } from '../../../db/capture-coverage.ts'
import type { FetchRow } from '../../../db/fetches.ts'
import type { ImportRow } from '../../../db/imports.ts'
import type { Rewrite } from '../../../db/snapshot-rewrites.ts'
import type { ContinuedSource, SourceOrigin } from '../../../db/sources.ts'
import type { Mapping } from '../../../domain/sources.ts'
import type { Preview } from '../../pages/source.server.ts'
import { capturedSourceText } from '../../text/capture.ts'
import { outsideText } from '../../text/connections.ts'
import { sourceText } from '../../text/sources.ts'
import { errorOf, type ShownError } from '../form-errors.tsx'
import { HashShort } from '../hash-short.tsx'
import { Section } from '../section.tsx'
import { ConfirmReading } from './confirm-reading.tsx'
import { FetchProgress } from './fetch-progress.tsx'
import { FileUpload } from './file-upload.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import { KeptFile } from './kept-file.tsx'

interface Props {
  /** Address of the source's page. */
  here: string
  underWay: ImportRow | null
  fetching: FetchRow | null
  done: ImportRow | null
  rewrite: Rewrite | null
  joined: number | null
  toConfirm: ImportRow | null
  /** Absent where there is nothing to confirm, or not for this reader. */
  preview: Preview | null
  wanted: { code: string; label: string }[]
  mayChange: boolean
  mayAnalyse: boolean
  mayFetch: boolean
  origin: SourceOrigin | null
  captured: CapturedCount[]
  /** What its first file is compared with. */
  continues: ContinuedSource | null
  /** The last file, where it made no snapshot. */
  kept: ImportRow | null
  answer: { errors: ShownError[]; mapping: Mapping | null } | undefined
}

/** What there is to do now: load, confirm, wait, or read the result. */
export function WorkNow(props: Props) {
  const { here, underWay, done, toConfirm, preview, mayChange, mayAnalyse, wanted, answer } = props
  if (props.fetching) return <Fetching fetch={props.fetching} mayStop={mayChange} />
  if (underWay) return <UnderWay row={underWay} mayCancel={mayChange} />
  if (preview && toConfirm)
    return (
      <ConfirmReading
        here={here}
        file={toConfirm}
        preview={preview}
        wanted={wanted}
        against={done ? null : props.continues}
        answer={answer}
      />
    )
  return (
    <>
      {done && props.joined !== null && (
        <Alert variant={props.joined > 0 ? 'success' : 'warning'}>
          {sourceText.joined(props.joined, done.rejects ?? 0)}
        </Alert>
      )}
      {done && (
        <Done row={done} rewrite={props.rewrite} rejectsTo={mayAnalyse ? `${here}/rechazados/${done.id}` : undefined} />
      )}
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
      {props.kept && mayChange && <KeptFile row={props.kept} />}
      {props.mayFetch && <Bring here={here} origin={props.origin} isAgain={done !== null} />}
      {mayChange && props.captured.length > 0 && <BringCaptured sets={props.captured} />}
      {mayChange && (
        <Load here={here} done={done} isKept={props.kept !== null} error={errorOf(answer?.errors, 'archivo')} />
      )}
    </>
  )
}

function Fetching({ fetch, mayStop }: { fetch: FetchRow; mayStop: boolean }) {
  return (
    <Section id="avance" title={outsideText.progressTitle}>
      <FetchProgress
        fetchId={fetch.id}
        bytes={fetch.progressBytes}
        isWaiting={fetch.status === 'asked'}
        isStopping={fetch.cancelAskedAt !== null}
        mayStop={mayStop}
      />
    </Section>
  )
}

/** For those who keep connections: where the data come from otherwise than by a file. */
function Bring({ here, origin, isAgain }: { here: string; origin: SourceOrigin | null; isAgain: boolean }) {
  const isKnown = origin !== null && !origin.isRemoved
  return (
    <Section id="conexion" title={isKnown ? outsideText.originConnection(origin.name) : outsideText.bring}>
      <VStack gap="space-12" align="start">
        <p className="reading">{isAgain ? outsideText.bringWhy : outsideText.state}</p>
        <Button as={Link} to={`${here}/conexion`} variant={isKnown ? 'primary' : 'secondary'}>
          {isKnown && isAgain ? outsideText.bringAgain : outsideText.bring}
        </Button>
      </VStack>
    </Section>
  )
}

/** What delegates captured, with a pseudonym for each person: becomes a received file like any other. */
function BringCaptured({ sets }: { sets: CapturedCount[] }) {
  return (
    <Section id="capturados" title={capturedSourceText.title}>
      <Form method="post">
        <VStack gap="space-12" align="start" className="reading">
          <input type="hidden" name="accion" value="capturados" />
          <p>{capturedSourceText.why}</p>
          <Select label={capturedSourceText.which} name="conjunto">
            {sets.map(({ form, vigencia, records }) => (
              <option key={`${form}:${vigencia}`} value={`${form}:${vigencia}`}>
                {capturedSourceText.set(form, vigencia, records)}
              </option>
            ))}
          </Select>
          <Button type="submit" variant="secondary">
            {capturedSourceText.bring}
          </Button>
        </VStack>
      </Form>
    </Section>
  )
}

function UnderWay({ row, mayCancel }: { row: ImportRow; mayCancel: boolean }) {
  return (
    <Section id="avance" title={sourceText.progress}>
      <ImportProgress
        importId={row.id}
        phase={row.status === 'received' ? 'asked' : row.phase}
        opened={row.progressBytes}
        bytes={row.baseImportId === null ? row.bytes : null}
        rows={row.progressRows}
        estimated={row.sniff.estimatedRecords ?? 0}
        isCancelling={row.cancelAskedAt !== null}
        mayCancel={mayCancel}
      />
    </Section>
  )
}

interface DoneProps {
  row: ImportRow
  rewrite: Rewrite | null
  rejectsTo: string | undefined
}

function Done({ row, rewrite, rejectsTo }: DoneProps) {
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
      {rewrite && (
        <p className="reading">
          {sourceText.rewritten(rewrite.times, rewrite.rewrittenAt)}{' '}
          <HashShort hash={rewrite.fileHash} purpose={sourceText.rewrittenFile} copy />
        </p>
      )}
    </Section>
  )
}

interface LoadProps {
  here: string
  done: ImportRow | null
  isKept: boolean
  error: string | undefined
}

function Load({ here, done, isKept, error }: LoadProps) {
  return (
    <Section id="archivo" title={done ? sourceText.replace : isKept ? sourceText.another : sourceText.file}>
      {done && <p className="reading">{sourceText.replaceWhy}</p>}
      <FileUpload to={here} label={sourceText.upload} error={error} isReplacement={done !== null || isKept} />
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
