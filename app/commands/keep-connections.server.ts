import type { Saved } from '../../db/administration.ts'
import * as changes from '../../db/connection-changes.ts'
import { connectionInput, newConnectionInput, removedConnection } from '../../domain/connections.ts'
import type { Change, Typed } from '../administration.server.ts'
import { changeAsKeeper } from '../connections.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

type Command = (context: AppContext, actor: Actor, typed: Typed) => Promise<Change<Saved>>

/** Defines a connection (E1); what opens it is sealed before it is stored, and nobody reads it again. */
export const defineConnection: Command = (context, actor, typed) =>
  changeAsKeeper(context, actor, { schema: newConnectionInput, typed }, (trx, by, input) =>
    changes.addConnection(trx, by, context.config.APP_SECRET, input),
  )

/** Changes a connection; a secret that is not typed stays, unless it would be sent elsewhere. */
export const updateConnection: Command = (context, actor, typed) =>
  changeAsKeeper(context, actor, { schema: connectionInput, typed }, (trx, by, input) =>
    changes.changeConnection(trx, by, context.config.APP_SECRET, { id: typed.id ?? '', input }),
  )

/** Removes a connection and destroys its secret. */
export const retireConnection: Command = (context, actor, typed) =>
  changeAsKeeper(context, actor, { schema: removedConnection, typed }, changes.removeConnection)
