/** Who asks, read at every request from the rows, in one statement (decision 0048). */
import { sql } from 'kysely'
import { OF_ANY_OFFICE } from '../domain/administration.ts'
import type { Proof } from '../domain/proofs.ts'
import { type Database, KEPT } from './client.ts'
import { clockOffset } from './clock.ts'
import type { PersonAtWork } from './positions.ts'

/** A session with its account, as they stand now. */
interface StandingSession {
  id: string
  kind: 'person' | 'probe' | 'pending'
  accountId: string
  email: string
  entityId: string | null
  personId: string | null
  isClosed: boolean
  positionId: string | null
  substitutionId: string | null
  proof: Proof
  provedAt: Date
  directoryAt: Date | null
  seenAt: Date
  startedAt: Date
  endsAt: Date
  /** Whose it is, as today finds them; null where they have left, and before the code of the second factor. */
  person: PersonAtWork | null
}

/** By the hash of its token; undefined where it never was or has been ended. */
export async function askWhoAsks(database: Database, tokenHash: string): Promise<StandingSession | undefined> {
  const offset = clockOffset() === 0 ? '' : String(clockOffset())
  const [found] = await database.ask(sql<StandingSession>`${KEPT}
    select (who.standing).*, who.person from who_asks(${tokenHash}, ${[...OF_ANY_OFFICE]}::text[], ${offset}) who`)
  return found
}
