import * as views from '../../db/saved-views.ts'
import { type InputError, readInput } from '../../domain/input-reading.ts'
import { SavedViewInput, ViewSharingInput } from '../../domain/saved-views.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

export type Kept = { ok: true } | { ok: false; errors: InputError[] }

/** Keeps the filters of the inbox under a name (experience 3). */
export async function saveView(context: AppContext, actor: Actor, typed: unknown): Promise<Kept> {
  const read = readInput(SavedViewInput, typed)
  if (!read.ok) return read
  const id = await recordingRefusals(context, actor, { objectId: actor.personId }, (trx, by) =>
    views.saveView(trx, by, read.input),
  )
  return id ? { ok: true } : { ok: false, errors: [{ path: 'name', code: 'view_name_taken', facts: {} }] }
}

export async function shareView(context: AppContext, actor: Actor, typed: unknown): Promise<Kept> {
  const read = readInput(ViewSharingInput, typed)
  if (!read.ok) return read
  const { viewId } = read.input
  await recordingRefusals(context, actor, { objectId: viewId }, (trx, by) => views.shareView(trx, by, read.input))
  return { ok: true }
}

export async function chooseDefaultView(context: AppContext, actor: Actor, viewId: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: viewId }, (trx, by) => views.chooseDefaultView(trx, by, viewId))
}

export async function leaveDefaultView(context: AppContext, actor: Actor, viewId: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: viewId }, (trx, by) => views.leaveDefaultView(trx, by, viewId))
}

export async function deleteView(context: AppContext, actor: Actor, viewId: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: viewId }, (trx, by) => views.deleteView(trx, by, viewId))
}
