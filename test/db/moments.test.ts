import { afterAll, beforeAll, expect, it } from 'vitest'
import { requireMomentsPage } from '../../app/pages/moments.server.ts'
import { historyOf } from '../../app/pages/timelines.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { recordEvents } from '../../db/audit.ts'
import { withActor } from '../../db/client.ts'
import { listMoments } from '../../db/moments.ts'
import { openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
let cycleId: string
beforeAll(async () => {
  town = await smallTown()
  cycleId = await openCycle(town, '2026-03-20T17:00:00.000Z')
  const { entityId } = town
  const of = { entityId, objectId: entityId, cycleId, stepCode: '1', origin: 'workflow' } as const
  await withActor(town.web, town.admin, (trx) => recordEvents(trx, [{ ...of, type: 'step.lapsed' }]))
  await withActor(town.web, town.admin, (trx) => recordEvents(trx, [{ ...of, type: 'draft.saved', origin: 'web' }]))
})
afterAll(() => town.close())

const page = (from: string | null, to: string | null) =>
  withActor(town.web, town.admin, (trx) =>
    requireMomentsPage(trx, cycleId, { from, to }, { requestId: 'x' } as Parameters<typeof requireMomentsPage>[3]),
  )

it('compares from the beginning until now where nothing is chosen, and whatever is chosen in the order it happened', async () => {
  const moments = await withActor(town.web, town.admin, (trx) => listMoments(trx, cycleId))
  expect(moments.map(({ type }) => type)).toEqual(['step.lapsed', 'step.opened', 'cycle.started'])
  const [lapsed, opened, started] = moments.map(({ id }) => id)
  const whole = await page(null, null)
  expect([whole.from, whole.to]).toEqual([started, lapsed])
  expect(whole.steps.map(({ code, before, isChanged }) => [code, before, isChanged])).toEqual([['1', null, true]])
  const turned = await page(lapsed ?? '', opened ?? '')
  expect([turned.from, turned.to]).toEqual([opened, lapsed])
  expect(turned.steps[0]?.before?.sentence).toBe('Se abrió el paso 1.')
  expect(turned.steps[0]?.after.sentence).toContain('vencido por cambio')
  // An event of another cycle, or none, is as if nothing had been chosen.
  expect((await page(cycleId, 'x')).from).toBe(started)
})

it('are chosen in the timeline: one first, then what it is compared with, under the filters of the page', async () => {
  const { entityId, admin } = town
  const position = { id: admin.positionId, duty: 'jefatura_ogac', actingFor: null }
  const actor = { entityId, personId: admin.personId, scopes: [], position } as unknown as Actor
  const read = (query: string) =>
    withActor(town.web, town.admin, (trx) =>
      historyOf(trx, actor, { kind: 'cycle', id: cycleId }, new URLSearchParams(query)),
    )
  const lines = (await read('clase=decisiones')).lines
  const [lapsed, opened] = lines
  expect(lines.map(({ links }) => links.length)).toEqual([1, 1, 2])
  const choose = opened?.links[0]?.to ?? ''
  expect(choose).toBe(`?clase=decisiones&momento=${opened?.id}#historia`)
  const chosen = await read(choose.slice(1).replace('#historia', ''))
  expect(chosen.chosen?.words).toContain('Se abrió el paso 1.')
  expect(chosen.lines.map(({ links }) => links.map(({ to }) => to))).toEqual([
    [`/ejercicios/${cycleId}/momentos?desde=${opened?.id}&hasta=${lapsed?.id}`],
    [],
    [expect.stringContaining('/actos/'), `/ejercicios/${cycleId}/momentos?desde=${opened?.id}&hasta=${lines[2]?.id}`],
  ])
  expect((await read('clase=borradores')).lines.map(({ links }) => links)).toEqual([[]])
})
