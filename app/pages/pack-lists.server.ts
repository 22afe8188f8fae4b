import type { Trx } from '../../db/client.ts'
import type { Covered } from '../../db/pack-contents.ts'
import { listPackDecisions, listPackPapers, type PackDecision, type PackPaper } from '../../db/pack-decisions.ts'
import type { PackWriter } from '../../db/pack-file.ts'
import { listTimeline, type TimelineEntry } from '../../db/timeline.ts'
import { listFile } from '../../documents/list-files.ts'
import type { ListCell } from '../../domain/lists.ts'
import { maskedText } from '../../domain/masked-text.ts'
import { paperResultText } from '../text/audit-samples.ts'
import { formatSheetInstant } from '../text/format.ts'
import { packFileNames, verdictText, packColumns as words } from '../text/packs.ts'
import { signatureRoleText } from '../text/steps.ts'
import { allRows, FILE_PAGE, type ListColumns, type Listing, listing, wholeListing } from './lists/listing.server.ts'
import { TIMELINE_COLUMNS } from './lists/work.server.ts'

export interface PackLists {
  decisions: PackDecision[]
  papers: PackPaper[]
}

/** What was signed, what happened and what control interno found in samples, as lists that any spreadsheet opens. */
export async function addLists(trx: Trx, pack: PackWriter, covered: Covered): Promise<PackLists> {
  const decisions = await listPackDecisions(trx, covered)
  const papers = await listPackPapers(trx, covered)
  await addListing(pack, packFileNames.decisions, wholeListing(decisions, DECISIONS))
  await addList(pack, packFileNames.timeline, Object.keys(TIMELINE), await story(trx, covered))
  await addListing(pack, packFileNames.papers, wholeListing(papers, PAPERS))
  return { decisions, papers }
}

/** A pack leaves nothing out. */
const NO_LIMIT = Number.POSITIVE_INFINITY

/** Oldest first, as a story is read. */
async function story(trx: Trx, { cycleId, size }: Covered): Promise<ListCell[][]> {
  const read = (cursor: string | null) =>
    listTimeline(trx, { kind: 'cycle', id: cycleId }, { below: size, cursor, limit: FILE_PAGE })
  return (await allRows(listing(read, TIMELINE), NO_LIMIT)).reverse()
}

/** All of a list, as a file of the pack. */
export async function addListing(pack: PackWriter, name: string, { header, read }: Listing): Promise<void> {
  await addList(pack, name, header, await allRows({ read }, NO_LIMIT))
}

async function addList(pack: PackWriter, name: string, header: string[], rows: ListCell[][]): Promise<void> {
  await pack.add(name, await listFile({ title: name, header, rows }, 'csv'))
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
  [words.act]: ({ actId }) => actId,
  [words.observations]: ({ observations }) => maskedText(observations),
}

const TIMELINE: ListColumns<TimelineEntry> = { ...TIMELINE_COLUMNS, [words.event]: ({ id }) => id }

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
