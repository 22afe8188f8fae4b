import { type Kysely, sql } from 'kysely'

/**
 * Which source of an earlier exercise a source goes on with (E2), and where the reading of a file stands: before its
 * first record there are only bytes to tell of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sources.execute(db)
  await imports.execute(db)
}

/** Foreign keys are checked past row-level security: this one names the entity too. */
const sources = sql`
alter table source add constraint source_of_entity unique (id, entity_id);
alter table source add column continues_id uuid check (continues_id <> id);
alter table source add constraint source_continues foreign key (continues_id, entity_id) references source (id, entity_id);
create index source_continued on source (continues_id) where continues_id is not null;
`

/** `progress_bytes`: of the original, while it is opened. */
const imports = sql`
alter table source_import
  add column phase text not null default 'waiting' check (phase in ('waiting', 'opening', 'reading', 'closing')),
  add column progress_bytes bigint not null default 0;
`
