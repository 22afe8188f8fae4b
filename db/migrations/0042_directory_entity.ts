import { type Kysely, sql } from 'kysely'

/** The NIT of an entity is public (Ley 1712 de 2014): with it the installation names the entity its directory belongs to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant select (nit) on entity to caracteriza_public`.execute(db)
}
