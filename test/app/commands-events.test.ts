import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import { eventSentence } from '../../app/text/events.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { type Trx, withoutEntity } from '../../db/client.ts'
import { listAdministrationEvents } from '../../db/timeline.ts'
import { isOwnField } from '../../domain/event-fields.ts'
import { ADMINISTRATION_EVENTS } from '../../domain/event-kinds.ts'
import { Refused } from '../../domain/refusals.ts'
import { armRefusals, refuseEventsOf } from '../support/failing-events.ts'
import { plain } from '../support/html-forms.ts'
import { textsWith } from '../support/kept-texts.ts'
import { shortened } from '../support/naughty.ts'
import { NOT_COMMANDS, SCENES } from './command-scenes.ts'
import { NAMED, openStage, type Stage, settled, TYPED } from './command-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  await asOwner(armRefusals)
})
afterAll(() => stage?.close())

const asOwner = <T>(work: (trx: Trx) => Promise<T>) => withoutEntity(stage.world.owner, work)

/** Exported functions of `app/commands/`, read from the files, so that a new one without a scene fails. */
function exportedFunctions(): string[] {
  const folder = fileURLToPath(new URL('../../app/commands', import.meta.url))
  return readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const found = text.matchAll(/^export (?:(?:async )?function (\w+)|const (\w+)(?:: \w+)? = (?:async )?\()/gm)
    return [...found].map((match) => match[1] ?? match[2] ?? '')
  })
}

async function transactionNow(): Promise<number> {
  const { rows } = await asOwner((trx) =>
    sql<{ now: number }>`select pg_current_xact_id()::text::float8 as now`.execute(trx),
  )
  return rows[0]?.now ?? 0
}

interface Written {
  type: string
  reason_code: string | null
  request_id: string | null
  xid: number
}

async function eventsSince(start: number): Promise<Written[]> {
  const { rows } = await asOwner((trx) =>
    sql<Written>`select type, reason_code, request_id, xid::text::float8 as xid from event
      where xid > ${String(start)}::xid8 order by at`.execute(trx),
  )
  return rows
}

/** An act is stored, sent and settled in transactions of its own; what it decides has its event in the record transaction. */
const STAND_FOR_THEMSELVES = [
  'act',
  'observation',
  'rights_text',
  'rights_detail',
  'control_evidence',
  'control_evidence_use',
  'step_version',
  // The sealer takes what was recorded into its tree, whatever goes on beside it.
  ...['log_leaf', 'log_subtree', 'log_checkpoint', 'log_key'],
  // How far a reading has come, which the worker counts beside the command that asked for it.
  'source_import',
  'source_fetch',
  'event',
  // The version of a row, and the trace of its write, which is looked at itself.
  ...['fact_version', 'row_write'],
  'session',
  'auth_rate_limit',
  'auth_verification',
]

/** What an earlier scene set going counts its records or bytes until it ends: the next scene begins after that. */
async function untilImportsEnd(): Promise<void> {
  const running = () =>
    asOwner(async (trx) => {
      const imports = trx.selectFrom('source_import').select('id').where('status', '=', 'running')
      return imports.unionAll(trx.selectFrom('source_fetch').select('id').where('status', '=', 'running')).execute()
    })
  await expect.poll(running, { timeout: 60_000 }).toEqual([])
}

/** Tables changed by a transaction that wrote no event: nothing in this list may be. */
async function changedWithoutEvent(start: number): Promise<string[]> {
  return await asOwner(async (trx) => {
    const { rows: tables } = await sql<{ name: string }>`select relname as name from pg_class c
      join pg_namespace n on n.oid = relnamespace where n.nspname = 'public' and relkind = 'r'
      and relname not like 'kysely%'`.execute(trx)
    const parts = tables
      .filter(({ name }) => !STAND_FOR_THEMSELVES.includes(name))
      .map(({ name }) => sql`select ${name}::text as name, xmin::text::int8 as x from ${sql.table(name)}`)
    const { rows } = await sql<{ name: string }>`
      select distinct name from (${sql.join(parts, sql` union all `)}) changed
      where x > ${start} and x not in (select (xid::text::numeric % 4294967296)::int8 from event)`.execute(trx)
    return rows.map((row) => row.name)
  })
}

/** Commands that a fault undid; the others have their event from the worker. */
let undone = 0

type Act = Awaited<ReturnType<(typeof SCENES)[string]['goes']>>

interface Done {
  start: number
  context: AppContext
  answer: { ok?: boolean; problems?: unknown }
}

/**
 * First with a fault as the event is written: nothing of it stays (promises G26). Then as it goes. An act has its event from the
 * worker, which the fault does not reach: it is done at the first time.
 */
async function afterAFault(act: Act): Promise<Done> {
  const context = stage.on()
  await asOwner((trx) => refuseEventsOf(trx, context.requestId))
  const start = await transactionNow()
  const first = await settled(() => act(context)).catch((error: Error) => error)
  if (!(first instanceof Error)) return { start, context, answer: first as Done['answer'] }
  expect(String(first)).toContain('no event today')
  expect(await changedWithoutEvent(start)).toEqual([])
  expect((await eventsSince(start)).filter(({ request_id }) => request_id === context.requestId)).toEqual([])
  undone += 1
  const again = { start: await transactionNow(), context: stage.on() }
  return { ...again, answer: (await settled(() => act(again.context))) as Done['answer'] }
}

describe('every command', () => {
  it('has a scene here', () => {
    const commands = exportedFunctions().filter((name) => !(name in NOT_COMMANDS))
    const played = new Set(Object.keys(SCENES).map((name) => name.split(' ')[0]))
    expect(commands.filter((name) => !played.has(name))).toEqual([])
    expect(
      [...played, ...Object.keys(NOT_COMMANDS)].filter((name) => !exportedFunctions().includes(name ?? '')),
    ).toEqual([])
  })
})

// One scene after the other, since what a scene leaves behind is where the next begins.
describe.each(Object.entries(SCENES))('%s', (_, { goes, events, refused }) => {
  if (events.length > 0)
    it(`leaves ${events.join(', ')} in its own transaction`, { timeout: 240_000 }, async () => {
      const act = await goes(stage)
      await untilImportsEnd()
      const { start, context, answer } = await afterAFault(act)
      expect(answer?.ok ?? true, JSON.stringify(answer)).toBe(true)
      const written = await eventsSince(start)
      const own = written
        .filter(({ request_id }) => request_id === context.requestId || request_id === null)
        .map((event) => event.type)
      for (const type of events) expect(own.filter((one) => one === type)).toEqual([type])
      expect(await changedWithoutEvent(start)).toEqual([])
    })

  if (typeof refused === 'string') return
  it(`refused with ${refused.code} leaves that and nothing else`, { timeout: 240_000 }, async () => {
    const act = await refused.goes(stage)
    const start = await transactionNow()
    const context = stage.on()
    const failure = await act(context).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Refused)
    expect(failure).toMatchObject({ code: refused.code })
    if (refused.code === 'not_in_charge')
      expect(refusalSentence(refused.code, (failure as Refused).facts)).toMatch(/^Esto le corresponde a [A-Z]/)
    const own = (await eventsSince(start)).filter((event) => event.request_id === context.requestId)
    expect(own.map(({ type, reason_code }) => [type, reason_code])).toEqual([['act.refused', refused.code]])
  })
})

/** Columns with what people type, by which of the strings went there. */
const KEPT = {
  text: [
    ...['risk_event.consequences', 'risk_event.description', 'risk_event.measures', 'risk_review.looked_at'],
    ...['risk_indicator.objective', 'risk_review.reason'],
    ...['cause_analysis.root', 'cause_analysis.steps', 'check_gate.reason', 'finding.closing_note'],
    ...['column_reveal.reason', 'comment.body', 'comment_version.body', 'correction.reason'],
    ...['correction.withdrawn_reason', 'correction_signature.observation', 'crosswalk.note', 'crosswalk.observation'],
    ...[
      'division_map.withdrawn_reason',
      'draft_save.answers',
      'finding.cause',
      'finding.condition',
      'finding.criterion',
    ],
    ...[
      'finding.effect',
      'finding.radicado',
      'finding.source',
      'improvement_action.indicator',
      'incident.closing_note',
    ],
    ...['improvement_action.result', 'improvement_action.what', 'improvement_entry.body', 'improvement_entry.evidence'],
    ...['observation.body', 'release.withdrawn_reason', 'section_proposal.answer', 'section_proposal.reason'],
    ...['step_draft.answers', 'step_version.answers'],
    ...['step_version.canonical', 'step_version.snapshot_html', 'summary_commitment.indicator'],
    ...['summary_commitment.what', 'variable_score.answers', 'variable_version.reason'],
  ],
  person: [
    ...['account.name', 'attachment.name', 'comment_file.name', 'draft_save.answers', 'person.display_name'],
    ...['saved_view.name', 'step_draft.answers'],
  ],
  named: [
    ...[
      'agency.name',
      'calendar_day.act_reference',
      'calendar_day.name',
      'connection.name',
      'cycle.administrative_act',
    ],
    ...['cycle.name', 'division_map.name', 'entity.slogan', 'event.changes', 'position.name', 'report_template.name'],
    ...[
      'report_template_version.look',
      'source.demo_note',
      'source.legal_basis',
      'source.name',
      'tenure.act_reference',
    ],
    'tenure.end_act_reference',
  ],
}

describe('the record of all this', () => {
  it('has nothing of the commands that broke as their event was written', () => {
    expect(undone).toBeGreaterThan(60)
  })

  it.each([
    ['distintivo', TYPED.text, KEPT.text],
    ['distintiva', TYPED.person, KEPT.person],
    ['reconocible', NAMED, KEPT.named],
  ] as const)('keeps %s as it was typed, in every column it went to', async (mark, typed, columns) => {
    const kept = await textsWith(stage.world.ownerUrl, mark)
    // A field of few letters took the beginning; a page holds text as markup does, and what is hashed is NFC (model.md §2).
    const begun = shortened(typed, 40).trim()
    const isTyped = (text: string) => [text, plain(text)].some((one) => one.includes(typed)) || text.startsWith(begun)
    const isHashed = (column: string, text: string) =>
      column === 'step_version.canonical' && text.includes(typed.normalize())
    const changed = [...kept].flatMap(([column, texts]) =>
      [...texts].filter((text) => !isTyped(text) && !isHashed(column, text)).map((text) => [column, text]),
    )
    expect(changed).toEqual([])
    expect(columns.filter((column) => !kept.has(column))).toEqual([])
  })

  it('tells the names of things in its sentences as they were typed', async () => {
    const wanted = { types: ADMINISTRATION_EVENTS, limit: 500 }
    const { rows } = await asOwner((trx) => listAdministrationEvents(trx, stage.entityId, wanted))
    const named = rows.filter(({ type }) => type === 'agency.added' || type === 'position.added')
    const sentences = named.map(eventSentence).filter((sentence) => sentence.includes('reconocible'))
    expect(sentences.length).toBeGreaterThan(5)
    expect(sentences.filter((sentence) => !sentence.includes(NAMED))).toEqual([])
  })

  it('names the fields of every event as the product does, but where a form or a catalogue of the entity named them', async () => {
    const { rows } = await asOwner((trx) =>
      sql<{ type: string; field: string }>`select distinct type, change ->> 'field' as field
        from event, jsonb_array_elements(changes) change where type not in ('act.refused', 'variables.adopted')`.execute(
        trx,
      ),
    )
    expect(rows.length).toBeGreaterThan(200)
    expect(rows.filter(({ field }) => !isOwnField(field))).toEqual([])
  })

  it('repeats nothing a person typed about people, and no reason, comment or observation', async () => {
    const { rows } = await asOwner((trx) =>
      sql<{ text: string }>`select to_jsonb(event)::text as text from event`.execute(trx),
    )
    expect(rows.length).toBeGreaterThan(200)
    const marks = ['distintiv', TYPED.document, TYPED.email]
    for (const mark of marks) expect(rows.filter(({ text }) => text.includes(mark)).map(({ text }) => text)).toEqual([])
  })
})
