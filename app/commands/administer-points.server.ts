import type { Saved } from '../../db/administration.ts'
import { addPoint, endPoint } from '../../db/service-points.ts'
import { addPointInput, endPointInput } from '../../domain/administration.ts'
import { administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

/** An agency attends people at a point from now on (circular 4173.010.22.2.1020.000150, R1). */
export function registerPoint(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: addPointInput, typed }, addPoint)
}

export function closePoint(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: endPointInput, typed }, endPoint)
}
