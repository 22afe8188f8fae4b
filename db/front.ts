import { sql } from 'kysely'
import type { Trx } from './client.ts'

/** What the public front says of one entity. Runs as caracteriza_public, whose policies let through only what is public. */
export interface FrontEntity {
  id: string
  name: string
  shieldHash: string | null
  cycle: { vigencia: number; approved: number; step: string | null } | null
  releases: { slug: string; title: string; version: number; publishedOn: string; withdrawn: boolean }[]
}

interface FrontRow {
  id: string
  name: string
  shield_hash: string | null
  vigencia: number | null
  approved: string | null
  step: string | null
  releases: FrontEntity['releases'] | null
}

/** Every entity by name, with its latest cycle under way and the newest version of each dataset. */
export async function listFront(trx: Trx): Promise<FrontEntity[]> {
  const found = await sql<FrontRow>`
    select e.id, e.name, e.shield_hash, c.vigencia, s.approved, s.step, r.releases
    from entity e
    left join lateral (
      select id, vigencia from cycle where entity_id = e.id and status = 'active'
      order by vigencia desc, started_at desc limit 1
    ) c on true
    left join lateral (
      select count(*) filter (where status = 'approved') as approved,
        min(code) filter (where status <> 'approved') as step
      from step where cycle_id = c.id
    ) s on c.id is not null
    left join lateral (
      select json_agg(json_build_object('slug', slug, 'title', title, 'version', version,
        'publishedOn', to_char(published_at at time zone 'America/Bogota', 'YYYY-MM-DD'),
        'withdrawn', status = 'withdrawn') order by published_at desc) as releases
      from (
        select distinct on (d.id) d.slug, d.title, rel.version, rel.published_at, rel.status
        from dataset d join release rel on rel.dataset_id = d.id
        where d.entity_id = e.id order by d.id, rel.version desc
      ) newest
    ) r on true
    order by e.name, e.id`.execute(trx)
  return found.rows.map(frontOf)
}

function frontOf(row: FrontRow): FrontEntity {
  return {
    id: row.id,
    name: row.name,
    shieldHash: row.shield_hash,
    cycle: row.vigencia === null ? null : { vigencia: row.vigencia, approved: Number(row.approved), step: row.step },
    releases: row.releases ?? [],
  }
}

/** Shields are public; every other file with such a hash is not. */
export async function isShieldOfSomeEntity(trx: Trx, hash: string): Promise<boolean> {
  const found = await sql`select 1 from entity where shield_hash = ${hash} limit 1`.execute(trx)
  return found.rows.length === 1
}
