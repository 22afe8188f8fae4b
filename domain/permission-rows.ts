/** What rights are judged by: the row of each thing, with the duties its procedure names for it (model.md §8). */
import { reopeners } from './cycle-state.ts'
import { askers, cancellers } from './decisions.ts'
import { GRANTERS, type GrantVerdict } from './grants.ts'
import type { Action, Rows } from './permission-subjects.ts'
import { type Procedure, type StepCode, stepTemplate } from './procedures.ts'

/** Duties that start a cycle: the office that leads the procedure (MM-GAC-P-008, responsables líderes). */
export const STARTERS = ['profesional_ogac', 'jefatura_ogac']

/** Who identifies, rates and controls the risks of the process: the office that leads it, and the second line (MIPG, dimensión 7). */
const RISK_KEEPERS = [...STARTERS, 'profesional_sig', 'direccion_tic']

export function riskRow(entityId: string, acceptorDuty = '', named = NAMED_DUTIES): Rows['Risk'] {
  const { riskKeepers, riskCheckers } = named
  return { entityId, keeperDuties: riskKeepers, checkerDuties: riskCheckers, acceptorDuty, attendants: riskKeepers }
}

/** `positions`: those that answer for the risk, or measure its indicator. */
export function attendedRow(entityId: string, positions: readonly string[]): Rows['Risk'] {
  return { ...riskRow(entityId), attendants: [...RISK_KEEPERS, ...positions] }
}

/** Who records findings: control interno, and for what controls, reviews and indicators show, the first and second line. */
const FINDING_RECORDERS = ['control_interno', ...RISK_KEEPERS]

/** `plan`: of one that stands. */
export function findingRow(
  entityId: string,
  plan: { ownerPosition: string; owner: string; checkerDuty: string } | null = null,
): Rows['Finding'] {
  return {
    ...{ entityId, recorderDuties: FINDING_RECORDERS, owners: plan ? [plan.ownerPosition] : [] },
    ...{ ownerNames: plan ? [plan.owner] : [], closerDuties: plan ? [plan.checkerDuty] : [] },
  }
}

/** Who checks that a control was executed: the second line (MIPG, dimensión 7), and who directs the process where that is absent. */
export const RUN_CHECKERS = ['profesional_sig', 'jefatura_ogac']

/**
 * What a risk is measured with is kept by the second line, not by those who answer for risks, and put to use by whoever directs
 * the process or the entity (domain facts §2.12): one person publishes a version, another chooses it.
 */
export function methodologyRow(entityId: string): Rows['Methodology'] {
  return { entityId, keeperDuties: ['profesional_sig'], chooserDuties: ['jefatura_ogac', 'alcaldia'] }
}

/** A run is executed by the position that answers for its control, and checked by the second line (`checkersOfRun`). */
export function runRow(
  entityId: string,
  owner: { ownerPosition: string; ownerName: string },
  checkers: readonly { id: string; name: string }[],
): Rows['Run'] {
  return {
    ...{ entityId, executors: [owner.ownerPosition], executorNames: [owner.ownerName], checkerDuties: RUN_CHECKERS },
    ...{ checkers: checkers.map(({ id }) => id), checkerNames: checkers.map(({ name }) => name) },
  }
}

/** The row rights on a step are judged by, from its procedure. */
export function stepRow(entityId: string, procedure: Procedure, code: StepCode): Rows['Step'] {
  const template = stepTemplate(procedure, code)
  return {
    entityId,
    authorDuties: template.authors,
    deciderDuties: [...template.reviewers, ...template.approvers.map((approver) => approver.duty)],
    askerDuties: askers(template),
    reopenerDuties: reopeners(template),
  }
}

/**
 * A section of the report of step 6 (G3). It is given to one position, not to its duty: another position with the same
 * duty does not write it. `ownerId` is null where nobody in particular is responsible. Other words are proposed by whoever
 * elaborates, reviews or has a section (`owners`: ids of their positions); not by who approves: nobody approves words of
 * their own (model.md §4).
 */
export function sectionRow(
  entityId: string,
  procedure: Procedure,
  ownerId: string | null,
  owners: readonly string[] = [],
): Rows['Section'] {
  const { authors: authorDuties, reviewers, approvers } = stepTemplate(procedure, '6')
  const approving = approvers.map(({ duty }) => duty)
  const proposerDuties = [...new Set([...authorDuties, ...reviewers])].filter((duty) => !approving.includes(duty))
  return {
    ...{ entityId, authorDuties, writers: ownerId === null ? authorDuties : [...authorDuties, ownerId] },
    ...{ proposerDuties, proposers: [...proposerDuties, ...owners] },
  }
}

export function cycleRow(entityId: string, procedure: Procedure): Rows['Cycle'] {
  return { entityId, cancelDuties: cancellers(procedure) }
}

/** Sources are attached by the authors of step 3 (E1) and analysed by whoever works on steps 3 to 6. */
export function sourceRow(entityId: string, procedure: Procedure, named = NAMED_DUTIES): Rows['Source'] {
  const analysts = (['3', '4', '5', '6', '7'] as const).flatMap((code) => {
    const row = stepRow(entityId, procedure, code)
    return [...row.authorDuties, ...row.deciderDuties]
  })
  const attachers = stepTemplate(procedure, '3').authors
  const custodianDuties = custodiansAmong(attachers, named)
  return { entityId, attacherDuties: attachers, analystDuties: [...new Set(analysts)], custodianDuties }
}

/** Who keeps the data of the sources: the authors of step 3 outside the leading office (MM-GAC-P-008, actividad 3: Oficina TIC), or all of them. */
export function custodiansAmong(authors: string[], { starters } = NAMED_DUTIES): string[] {
  const others = authors.filter((duty) => !starters.includes(duty))
  return others.length > 0 ? others : authors
}

/** Correspondences between versions of a variable are proposed by the authors of step 2 and approved by its approvers (N11). */
export function variableRow(entityId: string, procedure: Procedure): Rows['Variable'] {
  const { authors, approvers } = stepTemplate(procedure, '2')
  return { entityId, proposerDuties: authors, approverDuties: approvers.map(({ duty }) => duty) }
}

/**
 * Releases are prepared by the authors of step 7 and withdrawn by its approvers, the last of whom publishes (model.md §2);
 * corrections are prepared and signed by the same.
 */
export function releaseRow(entityId: string, procedure: Procedure): Rows['Release'] {
  const template = stepTemplate(procedure, '7')
  const signers = template.approvers.map((approver) => approver.duty)
  return {
    entityId,
    publisherDuties: [...template.authors, ...signers],
    schedulerDuties: signers.slice(-1),
    correctorDuties: template.authors,
    signerDuties: signers,
  }
}

/** Who may read the answers of the dependencias besides those who worked on step 7: audit, and whoever directs the entity. */
export const OVERSEERS = ['control_interno', 'alcaldia']
/** Who draws samples and writes working papers: an independent evaluation is control interno's alone (Ley 87 de 1993). */
export const SAMPLERS = ['control_interno']

/**
 * The summary of a dependencia is answered by whoever heads it; those of step 7 follow what became of it, and those who
 * elaborate or approve the step may remind (features H9).
 */
export function summaryRow(
  entityId: string,
  procedure: Procedure,
  heads: readonly { id: string; name: string }[],
): Rows['Summary'] {
  const { authorDuties, deciderDuties } = stepRow(entityId, procedure, '7')
  return {
    ...{ entityId, heads: heads.map(({ id }) => id), headNames: heads.map(({ name }) => name) },
    followerDuties: [...new Set([...authorDuties, ...deciderDuties, ...OVERSEERS])],
    reminderDuties: releaseRow(entityId, procedure).publisherDuties,
  }
}

/** An improvement action that one position answers for is reported on by no other of its duty. */
export function improvementRow(
  entityId: string,
  action: { duty: string; positionId: string | null; checkerDuty: string },
): Rows['Improvement'] {
  const { duty, positionId, checkerDuty } = action
  return { entityId, ownerDuty: duty, owners: [positionId ?? duty], checkerDuties: [checkerDuty] }
}

/** Who reads every delegated access besides those it concerns: whoever leads the process, audit, direction, administration. */
export const GRANT_READERS = [...GRANTERS, ...OVERSEERS, 'administracion']

/**
 * A delegated access is asked for, withdrawn and ended by whoever heads the organismo, decided and ended by whoever leads
 * the process (circular 4173.010.22.2.1020.000150; rules R3, D4, D8). `leads`: the positions of the entity that lead it, by the
 * names they have there.
 */
export function grantRow(
  entityId: string,
  heads: readonly { id: string; name: string }[],
  granteeId: string,
  leads: readonly { name: string }[] = [],
  { granters, grantReaders } = NAMED_DUTIES,
): Rows['Grant'] {
  const headIds = heads.map(({ id }) => id)
  return {
    ...{ entityId, heads: headIds, headNames: heads.map(({ name }) => name), granteeId, granterDuties: granters },
    granterNames: leads.length > 0 ? leads.map(({ name }) => name) : granters,
    readers: [granteeId, ...headIds, ...grantReaders],
    enders: [...headIds, ...granters],
  }
}

/**
 * A request of a citizen about their data is received by anybody in the entity, and handled by the duties it names for data
 * protection; whoever received it, audit and direction see how it goes, and nothing that was typed.
 */
export function rightsRow(entityId: string, keeperDuties: string[], receivedBy: string | null): Rows['Rights'] {
  const receivers = receivedBy === null ? [] : [receivedBy]
  return { entityId, keeperDuties, readers: [...keeperDuties, ...OVERSEERS, ...receivers] }
}

/** A review is opened and closed by whoever leads the process (D2, D6). */
export function campaignRow(entityId: string): Rows['Campaign'] {
  return { entityId, readers: GRANT_READERS, leaderDuties: GRANTERS }
}

/** `heads`: positions that head the organismo of the list; null for the list of whoever leads the process (C5). */
export function reviewRow(
  entityId: string,
  heads: readonly { id: string; name: string }[] | null,
  earlier: readonly string[],
): Rows['Review'] {
  const reviewers = heads === null ? GRANTERS : heads.map(({ id }) => id)
  const reviewerNames = heads === null ? GRANTERS : heads.map(({ name }) => name)
  return { entityId, reviewers, reviewerNames, readers: [...reviewers, ...earlier, ...GRANT_READERS] }
}

/** Duties that rows name by themselves, which no procedure gives: of these, a past date is answered with those of then. */
export interface NamedDuties {
  starters: string[]
  granters: string[]
  grantReaders: string[]
  riskKeepers: string[]
  riskCheckers: string[]
}

export const NAMED_DUTIES: NamedDuties = {
  starters: STARTERS,
  granters: GRANTERS,
  grantReaders: GRANT_READERS,
  riskKeepers: RISK_KEEPERS,
  riskCheckers: [...RISK_KEEPERS, 'control_interno'],
}

/** The right each verdict on a delegated access needs. */
export const GRANT_RIGHTS: Record<GrantVerdict, Action<'Grant'>> = {
  accept: 'accept',
  decline: 'accept',
  grant: 'decide',
  deny: 'decide',
  withdraw: 'withdraw',
  revoke: 'revoke',
}

/** Who plans absences of others, with the act that says so. */
const ABSENCE_PLANNERS = ['administracion']
/** Who reads every absence besides those it concerns. */
export const ABSENCE_READERS = [...ABSENCE_PLANNERS, ...OVERSEERS]

/** An absence is planned and cancelled by whoever is absent or by the administration, and read by whoever substitutes too. */
export function absenceRow(entityId: string, absentId: string, substitutes: readonly string[]): Rows['Absence'] {
  return {
    entityId,
    readers: [absentId, ...substitutes, ...ABSENCE_READERS],
    planners: [absentId, ...ABSENCE_PLANNERS],
  }
}
