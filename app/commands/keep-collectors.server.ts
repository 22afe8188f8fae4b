import type { Saved } from '../../db/administration.ts'
import * as changes from '../../db/collector-changes.ts'
import { aboutCollector, collectorInput, newCollectorInput, rewoundCollector } from '../../domain/forwarding.ts'
import type { Change, Typed } from '../administration.server.ts'
import { changeAsForwarder } from '../collectors.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

type Command = (context: AppContext, actor: Actor, typed: Typed) => Promise<Change<Saved>>

/** Names a collector outside that sealed events are forwarded to (K4); what opens it is sealed, and nobody reads it again. */
export const nameCollector: Command = (context, actor, typed) =>
  changeAsForwarder(context, actor, { schema: newCollectorInput, typed }, (trx, by, input) =>
    changes.addCollector(trx, by, context.config.APP_SECRET, input),
  )

/** Changes a collector; a secret that is not typed stays, unless it would be sent elsewhere. */
export const updateCollector: Command = (context, actor, typed) =>
  changeAsForwarder(context, actor, { schema: collectorInput, typed }, (trx, by, input) =>
    changes.changeCollector(trx, by, context.config.APP_SECRET, { id: typed.id ?? '', input }),
  )

/** Sends a collector nothing until it is resumed. */
export const pauseForwarding: Command = (context, actor, typed) =>
  changeAsForwarder(context, actor, { schema: aboutCollector, typed }, changes.pauseCollector)

/** Goes on where it was, paused or refused. */
export const resumeForwarding: Command = (context, actor, typed) =>
  changeAsForwarder(context, actor, { schema: aboutCollector, typed }, changes.resumeCollector)

/** Sends again what a collector took already, from an event on. */
export const forwardAgain: Command = (context, actor, typed) =>
  changeAsForwarder(context, actor, { schema: rewoundCollector, typed }, changes.rewindCollector)

/** Removes a collector and destroys its secret. */
export const retireCollector: Command = (context, actor, typed) =>
  changeAsForwarder(context, actor, { schema: aboutCollector, typed }, changes.removeCollector)
