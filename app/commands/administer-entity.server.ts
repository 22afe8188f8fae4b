import { z } from 'zod'
import { refuse, type Saved } from '../../db/administration.ts'
import {
  changeEntity,
  changeFactorPolicy,
  changeMinimumCell,
  changeRightsDuties,
  changeShield,
} from '../../db/entities.ts'
import {
  changeEntityInput,
  factorPolicyInput,
  minimumCellInput,
  rightsDutiesInput,
} from '../../domain/administration.ts'
import { administer, type Change, requireAdministrator, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { receiveShield } from '../shields.server.ts'

/** Name, codes and the smallest count the entity lets out, in one transaction. */
export function updateEntity(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  const schema = changeEntityInput.extend(minimumCellInput.shape)
  return administer(context, actor, { schema, typed }, async (trx, by, { minimumCell, ...input }) => {
    const changed = await changeEntity(trx, by, input)
    return changed.problems ? changed : await changeMinimumCell(trx, by, minimumCell)
  })
}

export function changeSignInPolicy(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: factorPolicyInput, typed }, (trx, by, { requiresFactor }) =>
    changeFactorPolicy(trx, by, requiresFactor),
  )
}

/** Who answers citizens about their data, from now on: whoever held it before sees the requests no more. */
export function changeRightsKeepers(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: rightsDutiesInput, typed }, (trx, by, { firstDuty, secondDuty }) =>
    changeRightsDuties(trx, by, [...new Set([firstDuty, secondDuty].filter((duty) => duty !== ''))]),
  )
}

/** Stores the PNG of a form and makes it the entity's shield. */
export async function updateShield(context: AppContext, request: Request): Promise<Change<Saved>> {
  const actor = await requireAdministrator(request, context)
  const { shield: received } = await receiveShield(context, request)
  const schema = z.object({})
  return await administer(context, actor, { schema, typed: {} }, async (trx, by) =>
    'code' in received ? refuse('shield', received.code) : await changeShield(trx, by, received.sha256),
  )
}

export function removeShield(context: AppContext, actor: Actor): Promise<Change<Saved>> {
  return administer(context, actor, { schema: z.object({}), typed: {} }, (trx, by) => changeShield(trx, by, null))
}
