import type { Trx } from '../../db/client.ts'
import { listPackDecisions, listPackPapers, type PackDecision, type PackPaper } from '../../db/pack-decisions.ts'
import type { PackWriter } from '../../db/pack-file.ts'
import { listTimeline, type TimelineEntry } from '../../db/timeline.ts'
import { listFile } from '../../documents/list-files.ts'
import { maskedText } from '../../domain/masked-text.ts'
import { paperResultText } from '../text/audit-samples.ts'
import { eventSentence } from '../text/events.ts'
import { formatSheetInstant } from '../text/format.ts'
import { packFileNames, verdictText, packColumns as words } from '../text/packs.ts'
import { signatureRoleText } from '../text/steps.ts'
import { FILE_PAGE, type ListColumns, wholeListing } from './lists/listing.server.ts'

export interface PackLists {
  decisions: PackDecision[]
  papers: PackPaper[]
}

/** What was signed, what happened and what control interno found in samples, as lists that any spreadsheet opens. */
export async function addLists(
  trx: Trx,
  pack: PackWriter,
  { entityId, cycleId, confidential }: { entityId: string; cycleId: string; confidential: readonly string[] },
): Promise<PackLists> {
  const decisions = await listPackDecisions(trx, cycleId, confidential)
  const papers = await listPackPapers(trx, entityId, cycleId)
  await addList(pack, packFileNames.decisions, decisions, DECISIONS)
  await addList(pack, packFileNames.timeline, await wholeTimeline(trx, cycleId), TIMELINE)
  await addList(pack, packFileNames.papers, papers, PAPERS)
  return { decisions, papers }
}

async function addList<R>(pack: PackWriter, name: string, rows: R[], columns: ListColumns<R>): Promise<void> {
  const { header, read } = wholeListing(rows, columns)
  await pack.add(name, await listFile({ title: name, header, rows: (await read(null)).rows }, 'csv'))
}

/** Oldest first, as a story is read. */
async function wholeTimeline(trx: Trx, cycleId: string): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = []
  let cursor: string | null = null
  do {
    const page = await listTimeline(trx, { kind: 'cycle', id: cycleId }, { cursor, limit: FILE_PAGE })
    entries.push(...page.rows)
    cursor = page.next
  } while (cursor !== null)
  return entries.reverse()
}

const DECISIONS: ListColumns<PackDecision> = {
  [words.at]: ({ signedAt }) => formatSheetInstant(signedAt),
  [words.step]: ({ stepCode }) => stepCode,
  [words.version]: ({ version }) => version,
  [words.verdict]: ({ verdict }) => verdictText[verdict],
  [words.role]: ({ role }) => signatureRoleText[role],
  [words.person]: ({ personName }) => personName,
  [words.position]: ({ positionName }) => positionName,
  [words.actingFor]: ({ actingForName }) => actingForName,
  [words.statement]: ({ statement }) => statement,
  [words.method]: ({ method }) => method,
  [words.receipt]: ({ receiptCode }) => receiptCode,
  [words.hash]: ({ contentHash }) => contentHash,
  [words.observations]: ({ observations }) => maskedText(observations),
}

const TIMELINE: ListColumns<TimelineEntry> = {
  [words.at]: ({ at }) => formatSheetInstant(at),
  [words.what]: eventSentence,
  [words.step]: ({ stepCode }) => stepCode,
  [words.person]: ({ personName }) => personName,
  [words.position]: ({ positionName }) => positionName,
  [words.actingFor]: ({ actingForName }) => actingForName,
  [words.hash]: ({ contentHash }) => contentHash,
  [words.event]: ({ id }) => id,
}

const PAPERS: ListColumns<PackPaper> = {
  [words.sample]: ({ sample }) => sample,
  [words.seed]: ({ seed }) => seed,
  [words.populationHash]: ({ populationHash }) => populationHash,
  [words.item]: ({ ordinal }) => ordinal,
  [words.event]: ({ eventId }) => eventId,
  [words.paper]: ({ n }) => n,
  [words.result]: ({ result }) => result && paperResultText[result],
  [words.test]: ({ test }) => maskedText(test ?? ''),
  [words.evidence]: ({ evidence }) => maskedText(evidence ?? ''),
  [words.conclusion]: ({ conclusion }) => maskedText(conclusion ?? ''),
  [words.person]: ({ writtenBy }) => writtenBy,
  [words.position]: ({ writtenIn }) => writtenIn,
  [words.at]: ({ writtenAt }) => writtenAt && formatSheetInstant(writtenAt),
  [words.findings]: ({ findings }) => findings,
}
