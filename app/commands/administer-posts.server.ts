import type { Saved } from '../../db/administration.ts'
import { addAgency, changeAgency, endAgency } from '../../db/agencies.ts'
import { addPosition, changePosition, endPosition } from '../../db/position-changes.ts'
import {
  addAgencyInput,
  addPositionInput,
  changeAgencyInput,
  changePositionInput,
  endAgencyInput,
  endPositionInput,
} from '../../domain/administration.ts'
import { administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

type Command = (context: AppContext, actor: Actor, typed: Typed) => Promise<Change<Saved>>

export const registerAgency: Command = (context, actor, typed) =>
  administer(context, actor, { schema: addAgencyInput, typed }, addAgency)

export const updateAgency: Command = (context, actor, typed) =>
  administer(context, actor, { schema: changeAgencyInput, typed }, changeAgency)

export const closeAgency: Command = (context, actor, typed) =>
  administer(context, actor, { schema: endAgencyInput, typed }, endAgency)

export const registerPosition: Command = (context, actor, typed) =>
  administer(context, actor, { schema: addPositionInput, typed }, addPosition)

export const updatePosition: Command = (context, actor, typed) =>
  administer(context, actor, { schema: changePositionInput, typed }, changePosition)

export const suppressPosition: Command = (context, actor, typed) =>
  administer(context, actor, { schema: endPositionInput, typed }, endPosition)
