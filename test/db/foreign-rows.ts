/** A municipality with one row or more in every table a query reads, for asking from another municipality. */
import { sql } from 'kysely'
import { disseminate } from '../../activities/disseminate.ts'
import { publishRelease } from '../../activities/publish-release.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { insertCaptureDraft } from '../../db/capture-drafts.ts'
import { insertRecord } from '../../db/capture-records.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { addConnection } from '../../db/connection-changes.ts'
import { type ConnectionRow, listConnections } from '../../db/connections.ts'
import * as correcting from '../../db/correction-steps.ts'
import { findOpenCorrection } from '../../db/corrections.ts'
import { askForFetch } from '../../db/fetches.ts'
import { findGrantInForce, type GrantInForce } from '../../db/grants-in-force.ts'
import { idOf, newId } from '../../db/ids.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { insertRights, insertRightsText } from '../../db/rights-texts.ts'
import { findSummary, type SummaryRow } from '../../db/summaries.ts'
import { recordAnswer, recordReading } from '../../db/summary-acts.ts'
import { newKey, sealKey } from '../../db/totp.ts'
import { CONTENT, said } from '../support/capture.ts'
import { approveFiles, prepareFrom, reportOf } from '../support/open-data.ts'
import {
  openSignedWorld,
  type Person,
  type SignedCycle,
  type SignedWorld,
  signedCycle,
  signStep,
} from '../support/signed-cycle.ts'
import { insertChecks } from './foreign-checks.ts'
import { insertCollector } from './foreign-collectors.ts'
import { insertDisposal } from './foreign-disposals.ts'
import { sealedRows } from './foreign-log.ts'
import { insertPlan } from './foreign-plans.ts'
import { insertRiskFollow } from './foreign-risk-follow.ts'
import { insertRisk } from './foreign-risks.ts'

export const DUTY = 'profesional_ogac'
export const SHIELD = 'ab'.repeat(32)

export async function foreignRows() {
  const world = await openSignedWorld()
  const { entityId } = world
  const person = world.people[DUTY] as Person
  const cycle = await signedCycle(world)
  await signStep(world, cycle, '3', { inputs: [world.snapshotHash] })
  const { code, id: documentId, stepVersionId: report } = await reportOf(world, cycle)
  const { code: figureCode } = await withEntity(world.owner, entityId, (trx) =>
    trx.selectFrom('figure_code').select('code').limit(1).executeTakeFirstOrThrow(),
  )
  const releases = await releasesOf(world, cycle)
  const outside = { ...(await outsideOf(world)), ...(await insertCollector(world, person)) }
  const rows = await restOf(world, cycle.cycleId, cycle.stepIds, person, report)
  const disposed = await insertDisposal(world, person, cycle.cycleId)
  const sealed = await sealedRows(world.owner, entityId)
  return {
    world,
    entityId,
    duty: DUTY,
    ...disposed,
    ...sealed,
    ...person,
    ...cycle,
    versionId: report,
    documentId,
    headPositionId: (world.people.dependencia as Person).positionId,
    signerId: (world.people.jefatura_ogac as Person).personId,
    signerPositionId: (world.people.jefatura_ogac as Person).positionId,
    code,
    figureCode,
    ...releases,
    ...rows,
    ...outside,
  }
}

export type Foreign = Awaited<ReturnType<typeof foreignRows>>

/** A connection, a source that is fetched through it, and a fetch nobody began. */
async function outsideOf(world: SignedWorld) {
  const { entityId, tools } = world
  const actor = { ...(world.people[DUTY] as Person), entityId, requestId: null }
  const where = { kind: 'http', name: 'Portal', url: 'https://x.gov.co/', authority: null } as const
  const input = { ...where, headerName: '', headerValue: '' }
  const made = await withActor(world.web, actor, async (trx) => {
    await addConnection(trx, actor, tools.secret, input)
    const [connection] = await listConnections(trx)
    const source = await trx.selectFrom('source').select('id').limit(1).executeTakeFirstOrThrow()
    const { id: connectionId = '' } = connection ?? {}
    const asked = { ...actor, sourceId: source.id, connectionId, table: null }
    return { connection: connection as ConnectionRow, sourceId: source.id, fetchId: await askForFetch(trx, asked) }
  })
  await withEntity(world.owner, entityId, async (trx) => {
    await sql`update source_fetch set requested_at = app_now() - interval '1 minute'`.execute(trx)
    await sql`update source set connection_id = ${made.connection.id} where id = ${made.sourceId}`.execute(trx)
  })
  return made
}

/** One published, and a draft of the next. */
async function releasesOf(world: SignedWorld, cycle: SignedCycle) {
  const { slug, id } = await prepareFrom(world, cycle)
  const approved = await approveFiles(world, cycle)
  await publishRelease(world.tools, approved)
  const summaryId = await answeredSummary(world, cycle.cycleId)
  const draft = await prepareFrom(world, cycle)
  await withEntity(world.owner, world.entityId, (trx) =>
    trx
      .updateTable('release')
      .set({ signal_wanted: true, publish_at: '2030-01-01T08:00:00-05:00' })
      .where('id', '=', draft.id)
      .execute(),
  )
  await withEntity(world.owner, world.entityId, (trx) =>
    sql`insert into correction (id, entity_id, cycle_id, corrects_id, release_id, reason, answers, status, authors, withdrawn_reason, settled_at)
      select gen_random_uuid(), entity_id, cycle_id, ${id}, id, 'x', '{}', 'withdrawn', array[gen_random_uuid()], 'x', app_now()
      from release where id = ${draft.id}`.execute(trx),
  )
  const correctionId = await correctionOf(world, id)
  return {
    ...{ correctionId, summaryId },
    ...{ slug, releaseId: id, releasedVersion: approved.stepVersionId },
    ...{ answers: completeAnswers('7'), draftFile: draft.files[0]?.name ?? '', draftId: draft.id },
  }
}

/** The summary of Jefatura OGAC's dependencia, read and answered; the others still wait. */
async function answeredSummary(world: SignedWorld, cycleId: string): Promise<string> {
  const { entityId } = world
  await disseminate(world.tools, { entityId, cycleId, now: appNow().toISOString() })
  const { personId, positionId, name } = world.people.jefatura_ogac as Person
  const head = { entityId, personId, positionId, personName: name, positionName: name, tenureKind: 'titular' }
  return await withActor(world.web, head, async (trx) => {
    const { agency_id: agencyId } = await trx
      .selectFrom('position')
      .select('agency_id')
      .where('id', '=', positionId)
      .executeTakeFirstOrThrow()
    const summary = (await findSummary(trx, { cycleId, agencyId })) as SummaryRow
    await recordReading(trx, head, summary)
    const { procedure } = await requireProcedureVersion(trx, summary.procedureVersionId)
    const commitment = { what: 'Abrir los sábados.', positionId, dueDate: '2099-01-05', indicator: '' }
    const answer = { summaryId: summary.id, changes: true as const, commitments: [commitment] }
    await recordAnswer(trx, head, { summary, procedure, answer })
    return summary.id
  })
}

/** A correction of a published release that two have signed and whose workflow has not begun. */
async function correctionOf(world: SignedWorld, releaseId: string): Promise<string> {
  const as = (duty: string) => ({ ...(world.people[duty] as Person), entityId: world.entityId, requestId: null })
  const author = as(DUTY)
  const input = { releaseId, reason: 'El periodo estaba mal escrito.', answers: completeAnswers('7') }
  await withActor(world.web, author, (trx) => correcting.saveCorrection(trx, world.dataDir, author, input))
  await withActor(world.web, author, (trx) => correcting.requestSignatures(trx, author, releaseId))
  const open = await withActor(world.web, author, (trx) => findOpenCorrection(trx, releaseId))
  const signers = ['jefatura_ogac', 'secretaria_general']
  for (const duty of signers) {
    const signer = { ...as(duty), duty, provedAt: appNow(), proof: 'password' as const }
    const act = { releaseId, verdict: 'approve', releaseHash: open?.releaseHash ?? '', observation: '' } as const
    await withActor(world.web, signer, (trx) => correcting.recordVerdict(trx, signer, act, signers))
  }
  return open?.id ?? ''
}

/** What no report and no release needs: an open step with its term, lines, notices, mail, talk and acts under way. */
async function restOf(
  world: SignedWorld,
  cycleId: string,
  stepIds: Record<string, string>,
  { personId, positionId }: Person,
  versionId: string,
) {
  const { entityId } = world
  const stepId = stepIds['1'] ?? ''
  const ids = Object.fromEntries(
    [
      'attempt',
      'term',
      'notice',
      'sent',
      'act',
      'returned',
      'opened',
      'unheard',
      'file',
      'reopening',
      'comment',
      'said',
      'grant',
    ].map((name) => [name, newId()]),
  ) as Record<
    | 'attempt'
    | 'term'
    | 'notice'
    | 'sent'
    | 'act'
    | 'returned'
    | 'opened'
    | 'unheard'
    | 'file'
    | 'reopening'
    | 'comment'
    | 'said'
    | 'grant',
    string
  >
  const place = { entity_id: entityId, cycle_id: cycleId, step_id: stepId }
  const who = { person_id: personId, position_id: positionId }
  const past = sql<Date>`app_now() - interval '1 day'`
  await withEntity(world.owner, entityId, async (trx) => {
    const open = { ...place, attempt_id: ids.attempt }
    await trx
      .insertInto('attempt')
      .values({ ...place, id: ids.attempt, n: 1, form_version: 1, opened_at: past })
      .execute()
    await trx
      .updateTable('step')
      .set({ status: 'in_progress', attempt_n: 1, attempt_id: ids.attempt })
      .where('id', '=', stepId)
      .execute()
    await trx.insertInto('step_draft').values({ step_id: stepId, entity_id: entityId, saved_by: personId }).execute()
    await trx
      .insertInto('draft_save')
      .values({
        ...{ step_id: stepId, entity_id: entityId, rev: 1, form_version: 1, answers: '{}' },
        ...{ saved_by: personId, position_id: positionId },
      })
      .execute()
    await trx
      .insertInto('presence')
      .values({
        ...{ step_id: stepId, section: '', entity_id: entityId, person_id: personId, position_id: positionId },
        ends_at: sql<Date>`app_now() + interval '1 day'`,
      })
      .execute()
    await trx
      .insertInto('report_section')
      .values({ id: newId(), entity_id: entityId, cycle_id: cycleId, section: 'alcance', position_id: positionId })
      .execute()
    await trx
      .insertInto('term')
      .values({
        ...{ ...open, id: ids.term, start_date: '2026-01-05', working_days: 10, due_date: '2099-01-05', due_at: past },
        ...{ calendar_version: 'x', arithmetic: '[]' },
      })
      .execute()
    for (const [id, status, kind] of [
      [ids.notice, 'planned', 'before_3'],
      [ids.sent, 'sent', 'before_1'],
    ] as const)
      await trx
        .insertInto('notice')
        .values({
          ...{ ...open, id, term_id: ids.term, kind, duty: DUTY, planned_on: '2026-01-05', planned_at: past, status },
        })
        .execute()
    for (const [notice_id, status] of [
      [ids.notice, 'planned'],
      [ids.sent, 'attempted'],
    ] as const)
      await trx
        .insertInto('mail')
        .values({
          ...{ id: newId(), entity_id: entityId, notice_id, status, subject: 'a', body: 'b', message_id: newId() },
          ...{ due_at: past, person_id: personId },
        })
        .execute()
    await trx
      .insertInto('task')
      .values({ ...open, id: newId(), step_code: '1', kind: 'elaborate', duty: DUTY, claimed_by: personId })
      .execute()
    await trx
      .insertInto('saved_view')
      .values({ id: newId(), entity_id: entityId, person_id: personId, name: 'x', search: 'paso=1', shared_with: DUTY })
      .execute()
    await trx
      .insertInto('comment')
      .values({ ...place, ...who, id: ids.comment, body: 'x', anchor: 'objetivos' })
      .execute()
    const said = { entity_id: entityId, comment_id: ids.comment }
    await trx
      .insertInto('comment_version')
      .values({ ...said, n: 2, body: 'y' })
      .execute()
    await trx
      .insertInto('comment_resolution')
      .values({ ...said, ...who, id: newId(), resolved: false })
      .execute()
    await trx
      .insertInto('comment_mention')
      .values({ ...said, ...who })
      .execute()
    await trx
      .insertInto('comment_file')
      .values({
        ...{ ...said, id: ids.said, cycle_id: cycleId, sha256: 'd'.repeat(64) },
        ...{ name: 'b.pdf', media_type: 'application/pdf', bytes: 1 },
      })
      .execute()
    const file = { sha256: 'c'.repeat(64), name: 'a.pdf', media_type: 'application/pdf', bytes: 1 }
    await trx
      .insertInto('attachment')
      .values({ ...place, ...file, id: ids.file, added_by: personId })
      .execute()
    const act = { entity_id: entityId, cycle_id: cycleId, ...who, duty: DUTY, body_hash: 'x', step_code: '1' }
    const about = { object_type: 'step_version', object_id: versionId }
    await trx
      .insertInto('act')
      .values([
        { ...act, ...about, id: ids.act, kind: 'submit', receipt_code: ids.act },
        { ...act, ...about, id: ids.returned, kind: 'return', receipt_code: ids.returned, status: 'confirmed' },
        {
          ...act,
          ...about,
          id: ids.unheard,
          kind: 'approve',
          receipt_code: ids.unheard,
          status: 'done',
          settled_at: past,
        },
      ])
      .execute()
    await trx
      .insertInto('observation')
      .values({ id: newId(), entity_id: entityId, act_id: ids.returned, section: 'a', body: 'b' })
      .execute()
    await trx
      .insertInto('signature')
      .values({
        ...{ ...place, ...who, id: ids.returned, step_version_id: versionId, role: 'approver', verdict: 'return' },
        ...{ person_name: 'x', position_name: 'x', tenure_kind: 'titular', duty: DUTY, statement: 'x', method: 'x' },
        ...{ content_hash: 'x', reviewer_is_approver: 'block', receipt_code: ids.returned, signed_at: past },
      })
      .execute()
    await trx
      .insertInto('reopening')
      .values({
        ...{ id: ids.reopening, entity_id: entityId, cycle_id: cycleId, step_code: '2' },
        ...{ asked_act: ids.act, asked_by: personId },
      })
      .execute()
    await trx
      .insertInto('calendar_day')
      .values({ entity_id: entityId, day: '2098-12-26', kind: 'extra', name: 'Día cívico', act_reference: 'D 1' })
      .execute()
    await trx
      .insertInto('incident')
      .values({ id: newId(), entity_id: entityId, kind: 'x', object_type: 'act', object_id: ids.act })
      .execute()
    await insertAccess(trx, entityId, { personId, positionId }, ids.grant)
    await insertAccessList(trx, entityId, { personId, positionId })
    await insertRequests(trx, entityId, world.tools.secret, { personId, positionId })
    await trx.updateTable('cycle').set({ refresh_wanted: true }).where('id', '=', cycleId).execute()
    await trx.updateTable('agency_summary').set({ signal_wanted: true }).where('cycle_id', '=', cycleId).execute()
    await trx.updateTable('entity').set({ shield_hash: SHIELD }).where('id', '=', entityId).execute()
    await trx.insertInto('event').values(administrationEvent(entityId, personId)).execute()
    const opened = {
      type: 'step.opened',
      object_type: 'step',
      object_id: cycleId,
      step_code: '1',
      origin: 'workflow',
      workflow_id: 'x',
    }
    await trx
      .insertInto('event')
      .values([
        { id: ids.opened, entity_id: entityId, cycle_id: cycleId, ...opened },
        ...['step.returned', 'reopening.granted'].map((type) => ({
          ...{ ...opened, id: newId(), entity_id: entityId, cycle_id: cycleId, type },
        })),
      ])
      .execute()
    await trx
      .insertInto('section_proposal')
      .values({
        ...{ id: ids.notice, entity_id: entityId, cycle_id: cycleId, section: 'alcance' },
        ...{ base: 'x', value: 'y', reason: 'z', ...who },
      })
      .execute()
    await insertTemplate(trx, { entityId, cycleId, templateId: ids.act, versionId: ids.term })
  })
  const found = await withEntity(world.owner, entityId, async (trx) => {
    const one = (table: Table) =>
      sql<{ id: string }>`select id from ${sql.table(table)} where entity_id = ${entityId} limit 1`.execute(trx)
    const first = async (table: Table) => (await one(table)).rows[0]?.id ?? ''
    await sql`insert into source_import (id, entity_id, source_id, file_sha256, file_name, bytes, sniff, mapping, requested_by, requested_at)
      select gen_random_uuid(), entity_id, id, 'b', 'b.csv', 1, '{}', '[{"column":"a"}]', ${personId}, app_now() - interval '1 hour'
      from source where entity_id = ${entityId} limit 1`.execute(trx)
    await sql`insert into source_import (id, entity_id, source_id, file_sha256, file_name, bytes, sniff, drift, requested_by)
      select gen_random_uuid(), entity_id, id, 'd', 'd.csv', 1, '{}', '[{"kind":"added","column":"a"}]', ${personId}
      from source where entity_id = ${entityId} limit 1`.execute(trx)
    await sql`insert into column_reveal (id, entity_id, source_id, import_id, column_name, purpose_code, reason, revealed_by, revealed_position)
      select gen_random_uuid(), entity_id, source_id, id, 'documento', 'atender_titular', 'x', ${personId}, ${positionId}
      from source_import where entity_id = ${entityId} limit 1`.execute(trx)
    await sql`insert into attendance (id, entity_id, cycle_id, n, source_id, point_variable, period_variable, lines, sha256, recorded_by, recorded_position)
      select gen_random_uuid(), entity_id, ${cycleId}, 1, id, 'canal', 'fecha', '[]', repeat('a', 64), ${personId}, ${positionId}
      from source where entity_id = ${entityId} limit 1`.execute(trx)
    await insertVariable(trx, { entityId, cycleId, versionId, personId, positionId })
    await sql`insert into map_file (id, entity_id, sha256, name, bytes, received_by, received_position)
      values (gen_random_uuid(), ${entityId}, repeat('e', 64), 'otro.geojson', 1, ${personId}, ${positionId})`.execute(
      trx,
    )
    await insertProgress(trx, entityId, { personId, positionId }, ids.attempt)
    const captured = await insertCapture(trx, entityId, world.tools.secret, { personId, positionId })
    const erased = await insertErasure(trx, entityId, { personId, positionId, snapshotHash: world.snapshotHash })
    return {
      ...erased,
      ...captured,
      ...(await insertReviews(trx, entityId, { personId, positionId }, { grantId: ids.grant, ...captured })),
      grantId: ids.grant,
      accessListId: await first('access_list'),
      rightsId: idOf('rights', entityId),
      rightsActId: idOf('rights act', entityId),
      accountId: await insertFactor(trx, entityId, world.tools.secret, personId),
      absenceId: await insertAbsent(trx, entityId, { personId, positionId }),
      ...(await pointOf(trx, entityId)),
      ...(await insertRisk(trx, entityId, { personId, positionId })),
      ...(await insertChecks(trx, entityId, { personId, positionId })),
      ...(await followed(trx, entityId, { personId, positionId })),
      actionId: await first('improvement_action'),
      entryId: await first('improvement_entry'),
      foundId: await first('finding'),
      analysisId: await first('cause_analysis'),
      followUpId: await first('follow_up'),
      readingCode: (await trx.selectFrom('summary_reading').select('receipt_code as code').executeTakeFirstOrThrow())
        .code,
      evidenceId: (
        await trx.selectFrom('attachment').select('id').where('entry_id', 'is not', null).executeTakeFirstOrThrow()
      ).id,
      laterId: ids.attempt,
      variableId: await first('variable'),
      crosswalkId: await first('crosswalk'),
      incidentId: await first('incident'),
      mapId: await first('division_map'),
      mapFileId: await first('map_file'),
      mapHash: await mapHash(trx, entityId),
      agencyId: await first('agency'),
      tenureId: await first('tenure'),
      sourceId: await first('source'),
      importId: await first('source_import'),
      procedureVersionId: await first('procedure_version'),
    }
  })
  return { ids, stepId, templateVersionId: ids.term, ...found }
}

/** A template the entity prints with, which the cycle chose, and a report that was frozen with it. */
async function insertTemplate(
  trx: Trx,
  { entityId, cycleId, templateId, versionId }: Record<'entityId' | 'cycleId' | 'templateId' | 'versionId', string>,
) {
  await trx
    .insertInto('report_template')
    .values({ id: templateId, entity_id: entityId, name: 'Oficial', is_default: true })
    .execute()
  await trx
    .insertInto('report_template_version')
    .values({
      ...{ id: versionId, entity_id: entityId, template_id: templateId, n: 1, look: '{}', shield: 'none' },
      readability_target: 55,
    })
    .execute()
  await trx
    .insertInto('cycle_template')
    .values({ cycle_id: cycleId, entity_id: entityId, version_id: versionId })
    .execute()
  await sql`update step_version set look = '{"look":{"cover":true}}' where cycle_id = ${cycleId} and step_code = '6'`.execute(
    trx,
  )
}

/** A delegated access of this person, asked for by another, with everything a query reads of it. */
async function insertAccess(
  trx: Trx,
  entityId: string,
  { personId, positionId }: Pick<Person, 'personId' | 'positionId'>,
  grantId: string,
) {
  const { pointId, pointAgencyId } = await pointOf(trx, entityId)
  for (const [id, n, vigencia, status] of [
    [grantId, 1, 2098, 'granted'],
    [newId(), 2, 2097, 'accepted'],
    [newId(), 3, 2096, 'revoked'],
    [newId(), 4, 2098, 'revoked'],
  ] as const)
    await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
        radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status, ended_at, cause)
      select ${id}, ${entityId}, 2098, ${n}::int, 'AD-2098-000' || ${n}::int, ${vigencia}, ${pointAgencyId}, ${pointId}, ${personId},
        'F004', 'x', '2026-01-05', 'x', make_date(${vigencia}, 1, 1), make_date(${vigencia}, 12, 31), repeat('a', 64), p.id,
        ${positionId}, ${status}, case when ${status} = 'revoked' then app_now() end,
        case when ${status} = 'revoked' then 'incident' end
      from person p where p.entity_id = ${entityId} and p.id <> ${personId} and not exists (select from tenure t
        join position pos on pos.id = t.position_id where t.person_id = p.id and pos.duty = 'jefatura_ogac') limit 1`.execute(
      trx,
    )
  const actId = newId()
  await sql`insert into act (id, entity_id, grant_id, kind, object_type, object_id, person_id, position_id, duty, body_hash, receipt_code)
    values (${actId}, ${entityId}, ${grantId}, 'accept', 'access_grant', ${grantId}, ${personId}, ${positionId}, ${DUTY}, 'x', 'x')`.execute(
    trx,
  )
  await sql`insert into access_signature (id, entity_id, grant_id, kind, person_id, position_id, person_name, position_name,
      tenure_kind, duty, statement, method, content_hash, receipt_code)
    values (${actId}, ${entityId}, ${grantId}, 'accept', ${personId}, ${positionId}, 'x', 'x', 'titular', ${DUTY}, 'x', 'x',
      repeat('a', 64), 'x')`.execute(trx)
  await sql`insert into confidentiality_acceptance (person_id, vigencia, text_version, entity_id, text_hash, act_id)
    values (${personId}, 2098, 1, ${entityId}, repeat('b', 64), ${actId})`.execute(trx)
  await sql`insert into access_probe (id, entity_id, grant_id, moment, target, address, expected, outcome, status, facts,
      asked_at, answered_at, content_hash)
    values (gen_random_uuid(), ${entityId}, ${grantId}, 'after', 'entry', 'x', 'denied', 'denied', 403, '{}', app_now(),
      app_now(), repeat('a', 64))`.execute(trx)
  await sql`insert into access_ending (id, entity_id, grant_id, cause, origin, origin_id, ordered_by, effective_on)
    values (gen_random_uuid(), ${entityId}, ${grantId}, 'transfer', 'tenure', ${grantId}, ${personId}, '2098-12-31'),
      (gen_random_uuid(), ${entityId}, (select id from access_grant where entity_id = ${entityId} and n = 2 and year = 2098),
        'transfer', 'tenure', ${grantId}, ${personId}, app_today())`.execute(trx)
  await sql`insert into notice (id, entity_id, grant_id, kind, duty, planned_on, planned_at)
    values (gen_random_uuid(), ${entityId}, ${grantId}, 'reminder-1', 'grantee', '2098-12-30', '2098-12-30T13:00:00Z')`.execute(
    trx,
  )
}

/** The second factor of a person, confirmed, with a recovery code; answers the account. */
async function insertFactor(trx: Trx, entityId: string, secret: string, personId: string): Promise<string> {
  const account = trx.selectFrom('account').select('id').where('person_id', '=', personId)
  const { id } = await account.executeTakeFirstOrThrow()
  await sql`insert into account_factor (account_id, entity_id, sealed, confirmed_at)
    values (${id}, ${entityId}, ${sealKey(secret, id, newKey())}, app_now())`.execute(trx)
  await sql`insert into account_recovery_code (account_id, entity_id, code_hash) values (${id}, ${entityId}, repeat('d', 64))`.execute(
    trx,
  )
  return id
}

/** A citizen captured under an access in force today, and what another left unfinished. */
async function insertCapture(
  trx: Trx,
  entityId: string,
  secret: string,
  person: Pick<Person, 'personId' | 'positionId'>,
) {
  const { personId, positionId } = person
  const { pointId, pointAgencyId } = await pointOf(trx, entityId)
  const [grantId, recordId, draftId] = [newId(), newId(), newId()]
  await sql`insert into account (id, name, email, entity_id, person_id)
    select ${grantId}, 'x', 'x@prueba.test', ${entityId}, ${personId}
    where not exists (select from account where person_id = ${personId})`.execute(trx)
  await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
      radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
    select ${grantId}, ${entityId}, 2098, 9, 'AD-2098-0009', extract(year from app_today()), ${pointAgencyId}, ${pointId},
      ${personId}, 'F004', 'x', '2026-01-05', 'x', app_today(), app_today(), repeat('a', 64), p.id, ${positionId}, 'granted'
    from person p where p.entity_id = ${entityId} and p.id <> ${personId} limit 1`.execute(trx)
  const grant = (await findGrantInForce(trx, personId, grantId)) as GrantInForce
  const ring = { secret, entityId }
  const document = { type: 'CC', number: '1082000111' }
  const record = { id: recordId, code: 'R-1', grant, formVersion: 1, document, answers: said(document.number) }
  await insertRecord(trx, ring, { ...record, content: CONTENT, personId, positionId })
  // The request of `insertRequests` is about this citizen.
  await sql`update rights_request set citizen_id = (select citizen_id from capture_record where id = ${recordId})
    where entity_id = ${entityId}`.execute(trx)
  const content = { ...CONTENT, answers: {} }
  await insertCaptureDraft(trx, ring, { id: draftId, personId, grant, formVersion: 1, recordId: null, content })
  return { captureGrantId: grantId, recordId, captureDraftId: draftId, captureScope: grant.scope, ring, document }
}

/** Somebody erased whose identity was taken out of a snapshot, and a file that captured records came as. */
async function insertErasure(
  trx: Trx,
  entityId: string,
  { personId, positionId, snapshotHash }: Pick<Person, 'personId' | 'positionId'> & { snapshotHash: string },
) {
  const [citizenId, erasureId] = [newId(), newId()]
  await sql`insert into citizen (id, entity_id, key_state, destroyed_at) values (${citizenId}, ${entityId}, 'destroyed', app_now())`.execute(
    trx,
  )
  await sql`insert into citizen_tombstone (id, entity_id, citizen_id, erased_at)
    values (${erasureId}, ${entityId}, ${citizenId}, app_now())`.execute(trx)
  await sql`insert into snapshot_rewrite (erasure_id, entity_id, snapshot_hash, file_hash)
    values (${erasureId}, ${entityId}, ${snapshotHash}, repeat('a', 64))`.execute(trx)
  const brought = await sql<{ sha256: string }>`
    with file as (update source_import set snapshot_hash = ${snapshotHash} where entity_id = ${entityId} and status = 'done'
      returning *),
    fetched as (insert into source_fetch (id, entity_id, source_id, captured_form, captured_vigencia, status, import_id,
        requested_by, requested_position, requested_at)
      select gen_random_uuid(), ${entityId}, source_id, 'F004', 2026, 'done', id, ${personId}, ${positionId}, '2026-01-05' from file)
    select file_sha256 as sha256 from file`.execute(trx)
  return { erasureId, capturedFile: brought.rows[0]?.sha256 ?? '' }
}

/** A citizen's request in this entity, decided once, with everything a query reads of it. */
async function insertRequests(
  trx: Trx,
  entityId: string,
  secret: string,
  { personId, positionId }: Pick<Person, 'personId' | 'positionId'>,
) {
  const [id, actId] = [idOf('rights', entityId), idOf('rights act', entityId)]
  const person = { holderName: 'x', holderDocumentType: 'CC', holderDocument: '1' }
  const by = { requesterName: 'x', requesterDocumentType: 'CC', requesterDocument: '1' }
  const content = { ...person, ...by, email: '', phone: '1', address: '', facts: 'x' }
  const filing = { formKey: id, entityId, aim: 'correction', quality: 'holder', content } as const
  await insertRights(trx, { secret, entityId }, { id, filing, receivedBy: null, lookupHash: null })
  await sql`update rights_request set status = 'received', due_on = '2098-12-30', identified_at = app_now(),
      identity_method = 'document_shown' where id = ${id}`.execute(trx)
  await insertRightsText(trx, { secret, entityId }, { id, requestId: id, actId: null, kind: 'completion', text: 'x' })
  await sql`insert into rights_term (id, entity_id, request_id, kind, start_date, working_days, due_date, due_at, calendar_version, arithmetic)
    values (gen_random_uuid(), ${entityId}, ${id}, 'answer', '2098-12-01', 15, '2098-12-30', '2098-12-31T04:59:59Z', 'x', '[]')`.execute(
    trx,
  )
  await sql`insert into act (id, entity_id, rights_id, kind, object_type, object_id, person_id, position_id, duty, body_hash, receipt_code)
    values (${actId}, ${entityId}, ${id}, 'identify', 'rights_request', ${id}, ${personId}, ${positionId}, ${DUTY}, 'x', 'x')`.execute(
    trx,
  )
  await sql`insert into rights_detail (act_id, entity_id, method) values (${actId}, ${entityId}, 'document_shown')`.execute(
    trx,
  )
  await sql`insert into rights_signature (id, entity_id, request_id, kind, person_id, position_id, person_name, position_name,
      tenure_kind, duty, statement, method, content_hash, receipt_code)
    values (${actId}, ${entityId}, ${id}, 'identify', ${personId}, ${positionId}, 'x', 'x', 'titular', ${DUTY}, 'x', 'x',
      repeat('a', 64), 'x')`.execute(trx)
  await sql`insert into notice (id, entity_id, rights_id, kind, duty, planned_on, planned_at)
    values (gen_random_uuid(), ${entityId}, ${id}, 'reminder-1', 'in_charge', '2098-12-29', '2098-12-29T13:00:00Z')`.execute(
    trx,
  )
}

/** A list of requests this person sent, with a row of which nothing has become yet. */
async function insertAccessList(
  trx: Trx,
  entityId: string,
  { personId, positionId }: Pick<Person, 'personId' | 'positionId'>,
) {
  const { pointId, pointAgencyId } = await pointOf(trx, entityId)
  const id = newId()
  await sql`insert into access_list (id, entity_id, agency_id, person_id, position_id, sha256, radicado, radicado_on, reason)
    values (${id}, ${entityId}, ${pointAgencyId}, ${personId}, ${positionId}, 'x', 'x', '2026-01-05', 'x')`.execute(trx)
  await sql`insert into access_list_row (list_id, n, entity_id, line, who, point, form, starts_on, ends_on, point_id)
    values (${id}, 1, ${entityId}, 2, 'x', 'x', 'F004', 'x', 'x', ${pointId})`.execute(trx)
}

/** This person acts for somebody else in a position, from today on. */
async function insertAbsent(
  trx: Trx,
  entityId: string,
  { personId, positionId }: Pick<Person, 'personId' | 'positionId'>,
) {
  const id = newId()
  await sql`insert into absence (id, entity_id, person_id, position_id, from_date, to_date, reason, act_reference, planned_by, planned_position)
    select ${id}, ${entityId}, t.person_id, t.position_id, app_today(), '2098-12-31', 'vacation', 'Resolución 1', ${personId}, ${positionId}
    from tenure t join position pos on pos.id = t.position_id where t.entity_id = ${entityId} and pos.duty = 'jefatura_ogac' limit 1`.execute(
    trx,
  )
  await sql`insert into substitution (id, entity_id, absence_id, substitute_id, scope)
    values (gen_random_uuid(), ${entityId}, ${id}, ${personId}, 'all')`.execute(trx)
  await sql`insert into act (id, entity_id, cycle_id, kind, object_type, object_id, person_id, position_id, duty, acting_for,
      body_hash, receipt_code, status)
    select gen_random_uuid(), ${entityId}, c.id, 'approve', 'cycle', c.id, ${personId}, ab.position_id, 'jefatura_ogac',
      ab.person_id, 'x', 'x', 'done' from absence ab, cycle c where ab.id = ${id} and c.entity_id = ${entityId} limit 1`.execute(
    trx,
  )
  return id
}

/** A review of accesses that is closing, with a case, its answer and what the person said; one that is open; and an access for a third. */
async function insertReviews(
  trx: Trx,
  entityId: string,
  who: Pick<Person, 'personId' | 'positionId'>,
  grants: { grantId: string; captureGrantId: string },
) {
  const closing = await insertReview(trx, entityId, who, {
    ...{ grantId: grants.grantId, keptGrantId: grants.captureGrantId, status: 'closing', vigencia: 2098 },
  })
  await insertReview(trx, entityId, who, {
    ...{ grantId: grants.captureGrantId, keptGrantId: grants.grantId, status: 'open', vigencia: 2097 },
  })
  await insertByCalendar(trx, entityId, who)
  await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
      radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
    select gen_random_uuid(), entity_id, 2094, 1, 'AD-2094-0001', 2094, agency_id, point_id, grantee_id, form, 'x', radicado_on,
      'x', '2094-01-01', '2094-12-31', content_hash, asked_by, asked_position, 'granted'
    from access_grant where id = ${grants.grantId}`.execute(trx)
  return { ...closing, reviewerPositionId: await headOf(trx, (await pointOf(trx, entityId)).pointAgencyId) }
}

/** A calendar of reviews, what came of its day, the review of a vigencia that ran, and one of a person that is to begin. */
async function insertByCalendar(
  trx: Trx,
  entityId: string,
  { personId, positionId }: Pick<Person, 'personId' | 'positionId'>,
) {
  await sql`insert into review_calendar (id, entity_id, n, yearly, singles, month, day, working_days, on_silence, reason,
      changed_by, changed_position)
    select gen_random_uuid(), ${entityId}, n, true, true, 2, n, 10, 'retire', 'x', ${personId}, ${positionId}
    from generate_series(1, 2) n`.execute(trx)
  await sql`insert into review_turn (entity_id, vigencia, day, outcome) values (${entityId}, 2096, '2096-02-01', 'opened')`.execute(
    trx,
  )
  await sql`insert into access_campaign (id, entity_id, year, n, code, kind, cause, subject_id, vigencia, working_days, status)
    values (gen_random_uuid(), ${entityId}, 2096, 1, 'RA-2096-0001', 'yearly', null, null, 2096, 10, 'closed'),
      (gen_random_uuid(), ${entityId}, 2096, 2, 'RA-2096-0002', 'event', 'unused', ${personId}, 2096, 5, 'filed')`.execute(
    trx,
  )
}

/** Whoever heads the organismo of the point. */
async function headOf(trx: Trx, agencyId: string): Promise<string> {
  const row = await trx
    .selectFrom('position')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('heads_agency', '=', true)
    .executeTakeFirstOrThrow()
  return row.id
}

async function insertReview(
  trx: Trx,
  entityId: string,
  { personId, positionId }: Pick<Person, 'personId' | 'positionId'>,
  {
    grantId,
    keptGrantId,
    status,
    vigencia,
  }: { grantId: string; keptGrantId: string; status: string; vigencia: number },
) {
  const [campaignId, listId, itemId, actId] = [newId(), newId(), newId(), newId()]
  await sql`insert into access_campaign (id, entity_id, year, n, code, kind, vigencia, working_days, opened_by, opened_position,
      status, start_date, due_date)
    values (${campaignId}, ${entityId}, ${vigencia}, 1, 'RA-' || ${vigencia}::int || '-0001', 'yearly', ${vigencia}, 10,
      ${personId}, ${positionId}, ${status}, '2098-02-01', '2098-02-14')`.execute(trx)
  await sql`insert into review_list (id, entity_id, campaign_id, agency_id)
    select ${listId}, ${entityId}, ${campaignId}, agency_id from access_grant where id = ${grantId}`.execute(trx)
  await sql`insert into review_item (id, entity_id, campaign_id, grant_id, list_id, before_status, before_ends_on)
    values (${itemId}, ${entityId}, ${campaignId}, ${grantId}, ${listId}, 'granted', '2098-12-31')`.execute(trx)
  const review = { campaignId, reviewListId: listId, reviewItemId: itemId, reviewActId: actId }
  if (status === 'open') return review
  await sql`insert into act (id, entity_id, list_id, kind, object_type, object_id, person_id, position_id, duty, body_hash, receipt_code)
    values (${actId}, ${entityId}, ${listId}, 'answer', 'review_batch', ${newId()}, ${personId}, ${positionId}, ${DUTY}, 'x', 'x')`.execute(
    trx,
  )
  await sql`insert into review_answer (id, entity_id, item_id, act_id, seen, verdict, reason, batch_size, pace_ms, was_unused,
      person_id, position_id)
    values (gen_random_uuid(), ${entityId}, ${itemId}, ${actId}, 0, 'retire', 'x', 1, 900, false, ${personId}, ${positionId})`.execute(
    trx,
  )
  await sql`update review_item set outcome = 'retired', outcome_by = 'answer' where id = ${itemId}`.execute(trx)
  await insertKeep(trx, entityId, { personId, positionId }, { campaignId, listId, actId, grantId: keptGrantId })
  await sql`insert into review_statement (id, entity_id, item_id, person_id, body)
    values (gen_random_uuid(), ${entityId}, ${itemId}, ${personId}, 'x')`.execute(trx)
  await sql`insert into review_reading (list_id, person_id, entity_id, last_at)
    values (${listId}, ${personId}, ${entityId}, app_now() - interval '1 minute')`.execute(trx)
  await sql`insert into review_signature (id, entity_id, campaign_id, kind, person_id, position_id, person_name, position_name,
      tenure_kind, statement, method, items, receipt_code)
    values (${actId}, ${entityId}, ${campaignId}, 'answer', ${personId}, ${positionId}, 'x', 'x', 'titular', 'x', 'x', 1, 'x')`.execute(
    trx,
  )
  await sql`insert into notice (id, entity_id, list_id, kind, duty, planned_on, planned_at)
    values (gen_random_uuid(), ${entityId}, ${listId}, 'reminder-5', 'reviewer', '2098-02-07', '2098-02-07T13:00:00Z')`.execute(
    trx,
  )
  return review
}

/** A case of the review that was kept by an answer and is done. */
async function insertKeep(
  trx: Trx,
  entityId: string,
  { personId, positionId }: { personId: string; positionId: string },
  of: { campaignId: string; listId: string; actId: string; grantId: string },
): Promise<void> {
  const [itemId, answerId] = [newId(), newId()]
  await sql`insert into review_item (id, entity_id, campaign_id, grant_id, list_id, before_status, before_ends_on, outcome,
      outcome_by, executed_at, after_status)
    values (${itemId}, ${entityId}, ${of.campaignId}, ${of.grantId}, ${of.listId}, 'granted', '2098-12-31', 'kept', 'answer',
      app_now(), 'granted')`.execute(trx)
  await sql`insert into review_answer (id, entity_id, item_id, act_id, seen, n, verdict, batch_size, pace_ms, was_unused, status,
      person_id, position_id)
    values (${answerId}, ${entityId}, ${itemId}, ${of.actId}, 0, 1, 'confirm', 2, 900, false, 'recorded', ${personId},
      ${positionId})`.execute(trx)
  await sql`update review_item set answer_id = ${answerId} where id = ${itemId}`.execute(trx)
}

async function pointOf(trx: Trx, entityId: string): Promise<{ pointId: string; pointAgencyId: string }> {
  return await trx
    .selectFrom('service_point')
    .select(['id as pointId', 'agency_id as pointAgencyId'])
    .where('entity_id', '=', entityId)
    .orderBy('name')
    .executeTakeFirstOrThrow()
}

/** The risk of the entity as it is followed. */
async function followed(trx: Trx, entityId: string, by: Pick<Person, 'personId' | 'positionId'>) {
  const { id } = await trx.selectFrom('risk').select('id').where('code', '=', 'R-901').executeTakeFirstOrThrow()
  await insertRiskFollow(trx, entityId, id, by)
  const indicator = await trx.selectFrom('risk_indicator').select('id').executeTakeFirstOrThrow()
  const reading = await trx.selectFrom('indicator_reading').select('id').executeTakeFirstOrThrow()
  const sent = await trx.selectFrom('risk_import').select('id').executeTakeFirstOrThrow()
  return { indicatorId: indicator.id, readingId: reading.id, riskImportId: sent.id }
}

/** The first action of the issued report is under way, and a cycle of a later vigencia finds it. */
async function insertProgress(
  trx: Trx,
  entityId: string,
  { personId, positionId }: Pick<Person, 'personId' | 'positionId'>,
  laterId: string,
) {
  await sql`insert into improvement_entry (id, entity_id, action_id, n, kind, status, body, person_id, position_id)
    select gen_random_uuid(), entity_id, id, 1, 'progress', 'in_progress', 'x', ${personId}, ${positionId}
    from improvement_action where entity_id = ${entityId}`.execute(trx)
  await insertPlan(trx, entityId, { personId, positionId })
  await sql`insert into attachment (id, entity_id, entry_id, sha256, name, media_type, bytes, added_by)
    select gen_random_uuid(), e.entity_id, e.id, repeat('c', 64), 'a.pdf', 'application/pdf', 1, ${personId}
    from improvement_entry e join improvement_action a on a.id = e.action_id and a.code = 'AM-2026-001'
    where e.entity_id = ${entityId}`.execute(trx)
  await sql`insert into cycle (id, entity_id, procedure_version_id, vigencia, name, radicado, trd, status, requested_by)
    select ${laterId}, entity_id, id, 2098, 'Ejercicio', ${laterId}, '1', 'closed', ${personId}
    from procedure_version where entity_id = ${entityId} limit 1`.execute(trx)
}

/** A variable with two versions, judged by the step 2 that stands, and a table between them that nobody has decided. */
async function insertVariable(
  trx: Trx,
  by: { entityId: string; cycleId: string; versionId: string; personId: string; positionId: string },
) {
  const { entityId, cycleId, versionId, personId, positionId } = by
  await sql`insert into variable (id, entity_id, code) values (gen_random_uuid(), ${entityId}, 'zona')`.execute(trx)
  await sql`insert into variable_version (id, entity_id, variable_id, n, definition, content_hash, breaks_series, reason, cycle_id,
      step_version_id, vigencia, elaborated_by, approved_by, approved_position)
    select gen_random_uuid(), entity_id, id, n, '{"name":"Zona","category":"GEO","values":[]}', repeat('f', 64), n > 1, '',
      ${cycleId}, ${versionId}, 2024 + n, ${personId}, ${personId}, ${positionId}
    from variable cross join generate_series(1, 2) n where entity_id = ${entityId}`.execute(trx)
  await sql`insert into variable_score (variable_id, step_version_id, entity_id, version_id, cycle_id, vigencia, criteria, score,
      threshold, prioritized, cost_benefit, discard_reason, answers)
    select variable_id, (select version_id from step where cycle_id = ${cycleId} and code = '2'), entity_id, id, cycle_id, vigencia,
      '{}', 5, 4, true, '', '', '{"id":"v1","variable":"zona"}'
    from variable_version where entity_id = ${entityId} and n = 2`.execute(trx)
  await sql`insert into crosswalk (id, entity_id, variable_id, from_n, to_n, pairs, note, content_hash, proposed_by, proposed_position)
    select gen_random_uuid(), ${entityId}, id, 1, 2, '[]', 'x', repeat('f', 64), ${personId}, ${positionId}
    from variable where entity_id = ${entityId}`.execute(trx)
}

const mapHash = async (trx: Trx, entityId: string) =>
  (await trx.selectFrom('division_map').select('sha256').where('entity_id', '=', entityId).executeTakeFirstOrThrow())
    .sha256

type Table =
  | 'variable'
  | 'crosswalk'
  | 'incident'
  | 'agency'
  | 'tenure'
  | 'source'
  | 'source_import'
  | 'procedure_version'
  | 'division_map'
  | 'improvement_action'
  | 'improvement_entry'
  | 'finding'
  | 'cause_analysis'
  | 'follow_up'
  | 'map_file'
  | 'access_list'

function administrationEvent(entityId: string, personId: string) {
  const what = { type: 'person.changed', object_type: 'person', object_id: personId, origin: 'web', changes: '[]' }
  return { id: newId(), entity_id: entityId, ...what }
}
