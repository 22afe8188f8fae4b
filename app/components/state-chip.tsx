import {
  ArrowsCirclepathIcon,
  ArrowUndoIcon,
  CalendarIcon,
  CheckmarkCircleIcon,
  CircleIcon,
  CircleSlashIcon,
  ClockIcon,
  EnvelopeClosedIcon,
  ExclamationmarkTriangleIcon,
  EyeIcon,
  FileTextIcon,
  GlobeIcon,
  HourglassIcon,
  PencilIcon,
  PencilWritingIcon,
} from '@navikt/aksel-icons'
import { Tag, type TagProps } from '@navikt/ds-react'
import type { CampaignStatus } from '../../domain/campaigns.ts'
import type { RunStatus } from '../../domain/control-runs.ts'
import type { ControlState } from '../../domain/controls.ts'
import type { StepStatus } from '../../domain/cycle-state.ts'
import type { SummaryState } from '../../domain/dissemination.ts'
import type { FindingStatus } from '../../domain/findings.ts'
import type { CollectorState } from '../../domain/forwarding.ts'
import type { GrantStatus } from '../../domain/grants.ts'
import type { ActionStatus } from '../../domain/improvement.ts'
import type { TermResult } from '../../domain/ran-terms.ts'
import type { ReleaseStatus } from '../../domain/releases.ts'
import type { RightsStatus } from '../../domain/rights.ts'
import type { EvidenceState } from '../../domain/risk-methodology.ts'
import type { AbsenceState } from '../../domain/substitutions.ts'
import type { TermChip as TermCode } from '../../domain/terms.ts'
import { absenceStateText } from '../text/absences.ts'
import { accessText, grantStateText } from '../text/access.ts'
import { accessIndicatorsText } from '../text/access-indicators.ts'
import { type RowState, rowStateText } from '../text/access-lists.ts'
import { checksText } from '../text/automatic-checks.ts'
import { collectorStates } from '../text/collectors.ts'
import { runStateText } from '../text/control-runs.ts'
import { findingStateText } from '../text/findings.ts'
import { actionStateText } from '../text/improvement.ts'
import { termResultText } from '../text/ran-terms.ts'
import { summaryStateText } from '../text/results.ts'
import { campaignStateText } from '../text/reviews.ts'
import { rightsStateText } from '../text/rights.ts'
import { riskText } from '../text/risks.ts'
import { standingChecksText } from '../text/standing-checks.ts'
import {
  type ActStatus,
  actStateText,
  type CycleStatus,
  cycleStateText,
  releaseStateText,
  stepStateText,
  termText,
} from '../text/states.ts'
import { outcomeText, type TechnicalOutcome } from '../text/workflow-history.ts'

type Look = [Icon: typeof CircleIcon, color: TagProps['data-color']]

const STEP: Record<StepStatus, Look> = {
  not_started: [CircleIcon, 'neutral'],
  in_progress: [PencilIcon, 'info'],
  in_review: [EyeIcon, 'info'],
  in_approval: [PencilWritingIcon, 'accent'],
  returned: [ArrowUndoIcon, 'warning'],
  approved: [CheckmarkCircleIcon, 'success'],
  lapsed: [ArrowsCirclepathIcon, 'warning'],
  cancelled: [CircleSlashIcon, 'neutral'],
}

const TERM: Record<TermCode, Look> = {
  on_time: [ClockIcon, 'neutral'],
  due_soon: [HourglassIcon, 'warning'],
  overdue: [ExclamationmarkTriangleIcon, 'danger'],
}

const TERM_RESULT: Record<TermResult['code'], Look> = {
  not_begun: [CircleIcon, 'neutral'],
  running: [ClockIcon, 'info'],
  overdue: [ExclamationmarkTriangleIcon, 'danger'],
  kept: [CheckmarkCircleIcon, 'success'],
  late: [HourglassIcon, 'warning'],
  omitted: [CircleSlashIcon, 'warning'],
  moved: [CalendarIcon, 'neutral'],
  stopped: [CircleSlashIcon, 'neutral'],
  stopped_late: [CircleSlashIcon, 'warning'],
  not_run: [CircleSlashIcon, 'neutral'],
}

const CONTROL: Record<ControlState, Look> = {
  never: [CircleIcon, 'neutral'],
  running: [HourglassIcon, 'info'],
  passed: [CheckmarkCircleIcon, 'success'],
  failed: [ExclamationmarkTriangleIcon, 'danger'],
  error: [CircleSlashIcon, 'danger'],
}

const CYCLE: Record<CycleStatus, Look> = {
  requested: [HourglassIcon, 'warning'],
  active: [PencilIcon, 'info'],
  closed: [CheckmarkCircleIcon, 'success'],
  cancelled: [CircleSlashIcon, 'neutral'],
  refused: [ExclamationmarkTriangleIcon, 'danger'],
}

const RELEASE: Record<ReleaseStatus, Look> = {
  draft: [FileTextIcon, 'neutral'],
  scheduled: [CalendarIcon, 'accent'],
  published: [GlobeIcon, 'success'],
  corrected: [ArrowsCirclepathIcon, 'info'],
  withdrawn: [CircleSlashIcon, 'warning'],
  recalled: [CircleSlashIcon, 'neutral'],
  held: [ExclamationmarkTriangleIcon, 'danger'],
}

const ACTION: Record<ActionStatus, Look> = {
  unreported: [HourglassIcon, 'warning'],
  not_started: [CircleIcon, 'neutral'],
  in_progress: [PencilIcon, 'info'],
  drop_asked: [CircleSlashIcon, 'warning'],
  done: [EyeIcon, 'accent'],
  verified: [HourglassIcon, 'accent'],
  effective: [CheckmarkCircleIcon, 'success'],
  ineffective: [ExclamationmarkTriangleIcon, 'danger'],
  dropped: [CircleSlashIcon, 'neutral'],
}

const FINDING: Record<FindingStatus, Look> = {
  to_analyse: [HourglassIcon, 'warning'],
  in_plan: [PencilIcon, 'info'],
  closed: [CheckmarkCircleIcon, 'success'],
}

const GRANT: Record<GrantStatus, Look> = {
  filed: [HourglassIcon, 'warning'],
  asked: [EnvelopeClosedIcon, 'warning'],
  accepted: [PencilWritingIcon, 'accent'],
  granted: [CheckmarkCircleIcon, 'success'],
  denied: [CircleSlashIcon, 'neutral'],
  declined: [CircleSlashIcon, 'neutral'],
  withdrawn: [ArrowUndoIcon, 'neutral'],
  refused: [ExclamationmarkTriangleIcon, 'danger'],
  lapsed: [ExclamationmarkTriangleIcon, 'warning'],
  revoked: [CircleSlashIcon, 'danger'],
  expired: [ClockIcon, 'neutral'],
  unanswered: [HourglassIcon, 'neutral'],
  retired: [CircleSlashIcon, 'neutral'],
  suspended: [CircleSlashIcon, 'warning'],
}

const CAMPAIGN: Record<CampaignStatus, Look> = {
  filed: [HourglassIcon, 'warning'],
  open: [PencilWritingIcon, 'accent'],
  closing: [HourglassIcon, 'info'],
  closed: [CheckmarkCircleIcon, 'success'],
  refused: [ExclamationmarkTriangleIcon, 'danger'],
}

const RIGHTS: Record<RightsStatus, Look> = {
  filed: [HourglassIcon, 'warning'],
  received: [PencilWritingIcon, 'accent'],
  incomplete: [ArrowUndoIcon, 'warning'],
  attended: [CheckmarkCircleIcon, 'success'],
  denied: [CircleSlashIcon, 'neutral'],
  forwarded: [EnvelopeClosedIcon, 'neutral'],
  lapsed: [ClockIcon, 'neutral'],
}

const SUMMARY: Record<SummaryState, Look> = {
  unread: [EnvelopeClosedIcon, 'warning'],
  read: [EyeIcon, 'info'],
  answered: [CheckmarkCircleIcon, 'success'],
}

const ABSENCE: Record<AbsenceState, Look> = {
  planned: [CalendarIcon, 'info'],
  active: [CheckmarkCircleIcon, 'success'],
  over: [ClockIcon, 'neutral'],
  cancelled: [CircleSlashIcon, 'neutral'],
}

const COLLECTOR: Record<CollectorState, Look> = {
  sending: [CheckmarkCircleIcon, 'success'],
  trying: [HourglassIcon, 'warning'],
  stopped: [ExclamationmarkTriangleIcon, 'danger'],
  paused: [CircleSlashIcon, 'neutral'],
}

const ACT: Record<ActStatus, Look> = {
  stored: [HourglassIcon, 'warning'],
  done: [CheckmarkCircleIcon, 'success'],
  confirmed: [CheckmarkCircleIcon, 'success'],
  refused: [ExclamationmarkTriangleIcon, 'danger'],
}

/** State of a step: icon, word and colour, never colour alone. */
export function StepChip({ status }: { status: StepStatus }) {
  return <Chip look={STEP[status]} word={stepStateText[status]} />
}

/** State of a term, beside that of its step. */
export function TermChip({ state }: { state: TermCode }) {
  return <Chip look={TERM[state]} word={termText[state]} />
}

/** What became of a term. */
export function TermResultChip({ code }: { code: TermResult['code'] }) {
  return <Chip look={TERM_RESULT[code]} word={termResultText[code]} />
}

export function CycleChip({ status }: { status: CycleStatus }) {
  return <Chip look={CYCLE[status]} word={cycleStateText[status]} />
}

export function ReleaseChip({ status }: { status: ReleaseStatus }) {
  return <Chip look={RELEASE[status]} word={releaseStateText[status]} />
}

/** State of an improvement action. */
export function ActionChip({ status }: { status: ActionStatus }) {
  return <Chip look={ACTION[status]} word={actionStateText[status]} />
}

/** State of a finding with its plan. */
export function FindingChip({ status }: { status: FindingStatus }) {
  return <Chip look={FINDING[status]} word={findingStateText[status]} />
}

/** Whether a dependencia has read and answered its results. */
export function SummaryChip({ state }: { state: SummaryState }) {
  return <Chip look={SUMMARY[state]} word={summaryStateText[state]} />
}

/** State of a delegated access. */
export function GrantChip({ status }: { status: GrantStatus }) {
  return <Chip look={GRANT[status]} word={grantStateText[status]} />
}

/** An open review asks whether an access goes on (D2). */
export function UnderReviewChip() {
  return <Chip look={[HourglassIcon, 'warning']} word={accessText.underReview} />
}

const ROW: Record<RowState, Look> = {
  ready: [CheckmarkCircleIcon, 'info'],
  fix: [ExclamationmarkTriangleIcon, 'warning'],
  asked: [CheckmarkCircleIcon, 'success'],
  refused: [CircleSlashIcon, 'neutral'],
  pending: [HourglassIcon, 'warning'],
}

/** What becomes of a row of a list of requests. */
export function RowChip({ state }: { state: RowState }) {
  return <Chip look={ROW[state]} word={rowStateText[state]} />
}

/** State of an absence. */
export function AbsenceChip({ state }: { state: AbsenceState }) {
  return <Chip look={ABSENCE[state]} word={absenceStateText[state]} />
}

/** Whether an indicator meets its goal; null where there is nothing to measure. */
export function GoalChip({ isMet }: { isMet: boolean | null }) {
  if (isMet === null) return <Chip look={[CircleIcon, 'neutral']} word={accessIndicatorsText.none} />
  const look: Look = isMet ? [CheckmarkCircleIcon, 'success'] : [ExclamationmarkTriangleIcon, 'danger']
  return <Chip look={look} word={isMet ? accessIndicatorsText.met : accessIndicatorsText.unmet} />
}

/** State of a citizen's request about their data. */
export function RightsChip({ status }: { status: RightsStatus }) {
  return <Chip look={RIGHTS[status]} word={rightsStateText[status]} />
}

/** State of a run of a control. */
export function RunChip({ status }: { status: RunStatus }) {
  return <Chip look={RUN[status]} word={runStateText[status]} />
}

/** How far a control is shown to work. */
export function EvidenceChip({ state }: { state: EvidenceState }) {
  return <Chip look={EVIDENCE[state]} word={riskText.evidence[state]} />
}

const RUN: Record<RunStatus, Look> = {
  open: [PencilIcon, 'info'],
  executed: [EyeIcon, 'info'],
  omitted: [EyeIcon, 'warning'],
  missed: [ExclamationmarkTriangleIcon, 'danger'],
  rejected: [ArrowUndoIcon, 'danger'],
  verified: [CheckmarkCircleIcon, 'success'],
  excused: [CircleSlashIcon, 'neutral'],
  paused: [HourglassIcon, 'neutral'],
  withdrawn: [CircleSlashIcon, 'neutral'],
}

const EVIDENCE: Record<EvidenceState, Look> = {
  current: [CheckmarkCircleIcon, 'success'],
  expired: [ClockIcon, 'warning'],
  failed: [ExclamationmarkTriangleIcon, 'danger'],
  never: [CircleIcon, 'neutral'],
}

/** State of a review of accesses. */
export function CampaignChip({ status }: { status: CampaignStatus }) {
  return <Chip look={CAMPAIGN[status]} word={campaignStateText[status]} />
}

/** How much a standing check finds. */
export function CheckChip({ found }: { found: number }) {
  const look: Look = found === 0 ? CONTROL.passed : [ExclamationmarkTriangleIcon, 'warning']
  return <Chip look={look} word={found === 0 ? standingChecksText.clear : standingChecksText.pending(found)} />
}

/** How the forwarding to a collector stands. */
export function CollectorChip({ state }: { state: CollectorState }) {
  return <Chip look={COLLECTOR[state]} word={collectorStates[state]} />
}

/** How an automatic control stands. */
export function ControlChip({ state }: { state: ControlState }) {
  return <Chip look={CONTROL[state]} word={checksText.states[state]} />
}

export function ActChip({ status }: { status: ActStatus }) {
  return <Chip look={ACT[status]} word={actStateText[status]} />
}

const OUTCOME: Record<TechnicalOutcome, Look> = {
  fine: [CheckmarkCircleIcon, 'neutral'],
  failed: [ExclamationmarkTriangleIcon, 'danger'],
  stopped: [CircleSlashIcon, 'warning'],
}

/** How what an event of a technical history ends came out. */
export function OutcomeChip({ outcome }: { outcome: TechnicalOutcome }) {
  return <Chip look={OUTCOME[outcome]} word={outcomeText[outcome]} />
}

function Chip({ look: [Icon, color], word }: { look: Look; word: string }) {
  return (
    <Tag size="small" data-color={color} icon={<Icon aria-hidden />}>
      {word}
    </Tag>
  )
}
