import { type Kysely, sql } from 'kysely'

/**
 * Variables followed through the vigencias (F6, N11): what an issued report fixes of a number variable, and how a table
 * of correspondence leads from one unit to another.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await numbers.execute(db)
  await conversions.execute(db)
}

/** Beside the counts in `printed`: {mean, quartiles: [first, median, third]} of domain/number-summaries.ts, null where hidden. */
const numbers = sql`
alter table figure_code add column numbers jsonb check (jsonb_typeof(numbers) = 'object');
create index figure_code_followed on figure_code (entity_id, place) where place like 'serie:%';
`

/** {before, after, offset} of domain/conversions.ts, as typed; for a number whose unit changed, and nothing else. */
const conversions = sql`
alter table crosswalk add column conversion jsonb check (jsonb_typeof(conversion) = 'object');
grant select (conversion) on crosswalk to caracteriza_public;
`
