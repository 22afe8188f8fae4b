import { createHmac } from 'node:crypto'
import pg from 'pg'

export const RUNTIME_ROLES = ['web', 'worker', 'sealer', 'public', 'session', 'auditor'] as const
export type RuntimeRole = (typeof RUNTIME_ROLES)[number]

export function roleName(role: RuntimeRole): string {
  return `caracteriza_${role}`
}

/** Password of a runtime role: derived, so that no second secret has to be kept (hex HMAC-SHA256 of the name). */
export function rolePassword(secret: string, role: RuntimeRole): string {
  return createHmac('sha256', secret).update(roleName(role)).digest('hex')
}

/** Same server and database as the owner's URL, signed in as a runtime role. */
export function roleUrl(ownerUrl: string, secret: string, role: RuntimeRole): string {
  const url = new URL(ownerUrl)
  url.username = roleName(role)
  url.password = rolePassword(secret, role)
  return url.toString()
}

/** Makes or renews the runtime roles. Runs as the owner, who must be allowed to create roles. */
export async function ensureRoles(ownerUrl: string, secret: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7201)')
    const owner = await client.query<{ user: string; db: string }>(
      'select current_user as user, current_database() as db',
    )
    const { user, db } = owner.rows[0] ?? { user: '', db: '' }
    for (const name of ['caracteriza_owner', ...RUNTIME_ROLES.map(roleName)]) await ensureRole(client, name)
    for (const role of RUNTIME_ROLES) {
      const password = client.escapeLiteral(rolePassword(secret, role))
      await client.query(`alter role ${roleName(role)} with login password ${password}`)
      await client.query(`grant connect on database ${client.escapeIdentifier(db)} to ${roleName(role)}`)
    }
    // Policies name the owner's role; an installation whose administrator gave another owner makes it a member.
    if (user !== 'caracteriza_owner') await client.query(`grant caracteriza_owner to ${client.escapeIdentifier(user)}`)
    await client.query(`revoke create on schema public from public`)
    // A table of one's own, with the triggers that keep writes, would be a way to write what nobody may.
    await client.query(`revoke temporary on database ${client.escapeIdentifier(db)} from public`)
  } finally {
    await client.end()
  }
}

async function ensureRole(client: pg.Client, name: string): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select 1 from pg_roles where rolname = '${name}') then create role ${name}; end if; end $$`)
}
