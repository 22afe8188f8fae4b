import type { Database } from '../db/client.ts'
import type { CycleState } from '../domain/cycles.ts'
import { failImport } from './fail-import.ts'
import { importSource } from './import-source.ts'
import { issueReport } from './issue-report.ts'
import { publishRelease } from './publish-release.ts'
import { readCycle } from './read-cycle.ts'
import { recordDecision } from './record-decision.ts'
import { recordOpening } from './record-opening.ts'
import { recordStart } from './record-start.ts'
import { reportUnpublished } from './report-unpublished.ts'
import { sendDueNotices } from './send-due-notices.ts'

/** What a record transaction answers: the cycle as its rows now tell it, and when somebody must be told next. */
export interface CycleRecord {
  state: CycleState
  nextNoticeAt: string | null
  /** Decisions that stand recorded while nobody has heard so; sent again, each is an answer and never a refusal. */
  unheard: string[]
}

/** What activities need from the process that runs them. */
export interface Tools {
  database: Database
  dataDir: string
  secret: string
  publicUrl: string
  /** Without it outgoing mail is kept and read under "Correo saliente". */
  smtpUrl?: string
  mailFrom: string
}

/** Dependencies by closure: a worker hands its tools over once. */
export function createActivities(tools: Tools) {
  return {
    recordStart: bind(tools, recordStart),
    recordDecision: bind(tools, recordDecision),
    recordOpening: bind(tools, recordOpening),
    readCycle: bind(tools, readCycle),
    sendDueNotices: bind(tools, sendDueNotices),
    importSource: bind(tools, importSource),
    failImport: bind(tools, failImport),
    issueReport: bind(tools, issueReport),
    publishRelease: bind(tools, publishRelease),
    reportUnpublished: bind(tools, reportUnpublished),
  }
}

export type Activities = ReturnType<typeof createActivities>

function bind<I, O>(tools: Tools, activity: (tools: Tools, input: I) => Promise<O>): (input: I) => Promise<O> {
  return (input) => activity(tools, input)
}
