import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Claimant } from '../../db/claims.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import * as views from '../../db/saved-views.ts'
import { smallTown, type Town } from '../support/town.ts'

let town: Town
let author: Claimant
let head: Claimant
let reviewer: Claimant
beforeAll(async () => {
  town = await smallTown()
  const as = (duty: string) => ({ entityId: town.entityId, ...(town.holders[duty] as Town['holders'][string]) })
  author = as('profesional_ogac')
  head = as('jefatura_ogac')
  reviewer = as('profesional_sig')
})
afterAll(() => town.close())

const by = <T>(actor: Claimant, work: (trx: Trx) => Promise<T>) => withActor(town.web, actor, work)
const list = (actor: Claimant) => by(actor, (trx) => views.listSavedViews(trx, actor))
const save = async (actor: Claimant, more: { sharedWith?: string; isDefault?: boolean } = {}) => {
  const input = { name: newId(), search: 'paso=3', sharedWith: null, isDefault: false, ...more }
  return (await by(actor, (trx) => views.saveView(trx, actor, input))) ?? ''
}
const ids = async (actor: Claimant) => (await list(actor)).map((view) => view.id)

describe('a saved view', () => {
  it('is seen by whoever saved it alone, and its name is theirs once', async () => {
    const input = { name: 'Vencidas', search: 'grupo=vencido', sharedWith: null, isDefault: false }
    expect(await by(author, (trx) => views.saveView(trx, author, input))).not.toBeNull()
    expect(await by(author, (trx) => views.saveView(trx, author, input))).toBeNull()
    expect(await by(head, (trx) => views.saveView(trx, head, input))).not.toBeNull()
    expect(await list(author)).toMatchObject([{ name: 'Vencidas', search: 'grupo=vencido', isMine: true }])
  })

  it('shared with a duty is seen by those who act in it, and changed by its owner only', async () => {
    const id = await save(head, { sharedWith: 'profesional_ogac' })
    expect(await ids(author)).toContain(id)
    expect(await ids(reviewer)).not.toContain(id)
    expect((await list(author)).find((view) => view.id === id)).toMatchObject({ isMine: false })
    const foreign = { code: 'view_of_other' }
    const change = { viewId: id, sharedWith: null }
    await expect(by(author, (trx) => views.shareView(trx, author, change))).rejects.toMatchObject(foreign)
    await expect(by(author, (trx) => views.deleteView(trx, author, id))).rejects.toMatchObject(foreign)
    await expect(by(reviewer, (trx) => views.deleteView(trx, reviewer, id))).rejects.toMatchObject({
      code: 'not_visible',
    })
    await by(head, (trx) => views.shareView(trx, head, change))
    expect(await ids(author)).not.toContain(id)
  })

  it('opens the inbox of each person apart, one at a time, also when it is shared', async () => {
    const isDefault = async (actor: Claimant) =>
      (await list(actor)).filter((view) => view.isDefault).map(({ id }) => id)
    const shared = await save(head, { sharedWith: 'profesional_ogac', isDefault: true })
    const own = await save(author, { isDefault: true })
    expect([await isDefault(head), await isDefault(author)]).toEqual([[shared], [own]])
    await by(author, (trx) => views.chooseDefaultView(trx, author, shared))
    expect(await isDefault(author)).toEqual([shared])
    // In another duty the same person has another inbox.
    expect(await isDefault({ ...author, duty: 'profesional_tic' })).toEqual([])
    await by(author, (trx) => views.leaveDefaultView(trx, author, shared))
    expect([await isDefault(head), await isDefault(author)]).toEqual([[shared], []])
    await by(author, (trx) => views.chooseDefaultView(trx, author, shared))
    await by(head, (trx) => views.deleteView(trx, head, shared))
    expect([await isDefault(head), await isDefault(author)]).toEqual([[], []])
  })

  it('of somebody else is out of reach of the web role even without a filter', async () => {
    const id = await save(head)
    const shared = await save(head, { sharedWith: 'profesional_ogac' })
    const rows = await by(author, (trx) => trx.selectFrom('saved_view').select('id').execute())
    expect(rows.map((row) => row.id)).not.toContain(id)
    for (const one of [id, shared]) {
      const changed = await by(author, (trx) =>
        trx.updateTable('saved_view').set({ shared_with: null }).where('id', '=', one).executeTakeFirst(),
      )
      const gone = await by(author, (trx) => trx.deleteFrom('saved_view').where('id', '=', one).executeTakeFirst())
      expect([changed.numUpdatedRows, gone.numDeletedRows]).toEqual([0n, 0n])
    }
    const forged = { id: newId(), entity_id: town.entityId, person_id: head.personId, name: 'x', search: 'x' }
    await expect(by(author, (trx) => trx.insertInto('saved_view').values(forged).execute())).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('leaves an event of each change, and none where nothing changed', async () => {
    const id = await save(author, { sharedWith: 'profesional_sig', isDefault: true })
    const share = (sharedWith: string | null) =>
      by(author, (trx) => views.shareView(trx, author, { viewId: id, sharedWith }))
    await share('profesional_sig')
    await share(null)
    await by(author, (trx) => views.chooseDefaultView(trx, author, id))
    await by(author, (trx) => views.leaveDefaultView(trx, author, id))
    await by(author, (trx) => views.leaveDefaultView(trx, author, id))
    await by(author, (trx) => views.deleteView(trx, author, id))
    const events = await by(author, (trx) =>
      trx.selectFrom('event').select('type').where('object_id', '=', id).orderBy('at').orderBy('id').execute(),
    )
    expect(events.map((event) => event.type)).toEqual([
      ...['view.saved', 'view.shared', 'view.default_chosen', 'view.shared', 'view.default_chosen', 'view.deleted'],
    ])
  })
})
