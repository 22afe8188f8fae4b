/** Connections against servers that are real: this machine's PostgreSQL, HTTP servers of every temper, MySQL's own protocol. */
import type { RequestListener } from 'node:http'
import { createServer as tcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Connection, createServer as mysqlServer } from 'mysql2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBarred, permittedAddress } from '../../db/outside/address.ts'
import { networkFailure } from '../../db/outside/failed.ts'
import { openDatabaseOutside, readOutside, tryOutside } from '../../db/outside/outside.ts'
import { PATIENCE } from '../../db/outside/patience.ts'
import type { Target } from '../../db/outside/target.ts'
import type { ConnectionPlace, ConnectionSecret, OutsideTable } from '../../domain/connections.ts'
import { AUTHORITY, OTHER_AUTHORITY } from '../support/certificates.ts'
import {
  CANARY,
  encryptedPostgres,
  type Listening,
  listening,
  type OtherDatabase,
  otherDatabase,
  secureWebServer,
  webServer,
} from '../support/outside.ts'

const QUICK = { ms: 400, sortingMs: 400 }
const servers: Listening[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
})

function kept(server: Listening): number {
  servers.push(server)
  return server.port
}

async function textOf(target: Target, table: OutsideTable | null = null): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of readOutside(target, table)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

const whyOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it worked',
    (failure: { code?: string }) => failure.code,
  )

describe('PostgreSQL', () => {
  let other: OtherDatabase
  const table = { schema: 'registro "civil"', name: 'Personas; drop' }

  beforeAll(async () => {
    other = await otherDatabase(
      (user) => `
      create schema "registro ""civil""";
      create table "registro ""civil"""."Personas; drop" (
        id integer primary key, nombre text, "fecha nac" date, visto timestamptz, monto numeric(10,3), activo boolean, foto bytea);
      insert into "registro ""civil"""."Personas; drop" values
        (2, E'Ñandú "el", \\nJosé', '1990-12-31', '2024-01-02 03:04:05.6789+00', 1.234, true, '\\xff'),
        (1, null, null, null, -20.5, false, null), (10, 'x', null, null, null, null, null);
      create view public.resumen as select count(*) as n from "registro ""civil"""."Personas; drop";
      create table public.ajena (a int);
      create view public.dormida as select pg_sleep(30)::text as a;
      create view public.lenta as select 1 as n, pg_sleep(0.6)::text as a;
      create table public.sin_llave (nombre text, n integer, foto bytea);
      insert into public.sin_llave values ('é', 1, '\\x02'), ('z', 10, null), ('Z', 2, null), (null, 3, null), ('é', 1, '\\x01'), ('z', 9, null);
      create table public.llave_oculta (id bytea primary key, n integer);
      insert into public.llave_oculta values ('\\x02', 1), ('\\x01', 2);
      create function public.escribe() returns int language sql volatile as 'insert into public.ajena values (1) returning a';
      create view public.tramposa as select public.escribe() as a;
      grant usage on schema "registro ""civil""" to ${user};
      grant select on "registro ""civil"""."Personas; drop", public.resumen, public.dormida, public.lenta, public.tramposa,
        public.sin_llave, public.llave_oculta to ${user};
      grant insert on public.ajena to ${user};`,
    )
  })
  afterAll(() => other?.drop())

  const placeOf = ({ host, port, database, user }: OtherDatabase): ConnectionPlace => ({
    ...{ kind: 'postgresql', host, port, database, user, tls: 'none', authority: null, headerName: null },
  })
  const target = (change: Partial<ConnectionPlace> = {}, secret: ConnectionSecret = { password: CANARY }): Target => ({
    ...{ place: { ...placeOf(other), ...change }, secret, patience: QUICK, allowedHosts: '127.0.0.1,localhost' },
  })

  it('gives a table as CSV in the order of its key, names quoted, types as declared, binary columns left out', async () => {
    expect(await textOf(target(), table)).toBe(
      'id,nombre,fecha nac,visto,monto,activo\n1,,,,-20.500,false\n' +
        '2,"Ñandú ""el"", \nJosé",1990-12-31,2024-01-01 22:04:05,1.234,true\n10,x,,,,\n',
    )
    const database = await openDatabaseOutside(target())
    expect((await database.columns(table)).map(({ type }) => type)).toEqual([
      ...['integer', 'text', 'date', 'date', 'decimal', 'boolean'],
    ])
    await database.close()
  })

  it('gives a table without a key in one order however its rows lie, and waits for that longer than for a piece', async () => {
    const of = (name: string) => ({ schema: 'public', name })
    const once = await textOf(target(), of('sin_llave'))
    expect(once).toBe('nombre,n\nZ,2\nz,10\nz,9\né,1\né,1\n,3\n')
    const lying = () => other.client.query('select nombre, n from public.sin_llave').then(({ rows }) => rows)
    const before = await lying()
    await other.client.query(`update public.sin_llave set n = n where nombre in ('Z', 'é')`)
    expect(await lying()).not.toEqual(before)
    expect(await textOf(target(), of('sin_llave'))).toBe(once)
    expect(await textOf(target(), of('llave_oculta'))).toBe('n\n2\n1\n')
    const patience = { ms: 400, sortingMs: 10_000 }
    expect(await textOf({ ...target(), patience }, of('lenta'))).toBe('n,a\n1,""\n')
  })

  it('lists what its user may read, page by page', async () => {
    const database = await openDatabaseOutside(target())
    const names = async (search: string, after: OutsideTable | null, limit: number) =>
      (await database.tables({ search, after, limit })).map(({ name }) => name)
    expect(await names('', null, 2)).toEqual(['dormida', 'lenta'])
    expect(await names('', { schema: 'public', name: 'sin_llave' }, 5)).toEqual(['tramposa', 'Personas; drop'])
    expect(await names('PERSON', null, 5)).toEqual(['Personas; drop'])
    await database.close()
  })

  it('never writes, even where a view would', async () => {
    expect(await whyOf(textOf(target(), { schema: 'public', name: 'tramposa' }))).toBe('query_failed')
    expect((await other.client.query('select count(*)::int as n from public.ajena')).rows).toEqual([{ n: 0 }])
  })

  it('says why not', async () => {
    expect(await whyOf(tryOutside(target()))).toBe('it worked')
    expect(await whyOf(tryOutside(target({}, { password: 'otra' })))).toBe('wrong_password')
    expect(await whyOf(tryOutside(target({ database: 'no_existe' })))).toBe('database_missing')
    expect(await whyOf(tryOutside(target({ port: kept(await listening(tcpServer())) })))).toBe('timed_out')
    expect(await whyOf(tryOutside(target({ host: 'no-existe.invalid' })))).toBe('host_unknown')
    expect(await whyOf(tryOutside(target({ port: 1 })))).toBe('refused')
    expect(await whyOf(tryOutside(target({ tls: 'verified' })))).toBe('tls_absent')
    expect(await whyOf(textOf(target(), { schema: 'public', name: 'nada' }))).toBe('table_missing')
    expect(await whyOf(textOf(target(), { schema: 'public', name: 'ajena' }))).toBe('no_permission')
    expect(await whyOf(textOf(target(), { schema: 'public', name: 'dormida' }))).toBe('sorting_stalled')
    expect(PATIENCE.ms).toBeLessThanOrEqual(10_000)
  })

  it('is refused on this machine unless the installation names it', async () => {
    expect(await whyOf(tryOutside({ ...target(), allowedHosts: '' }))).toBe('address_barred')
    expect(await whyOf(tryOutside({ ...target(), allowedHosts: `127.0.0.1:${other.port}` }))).toBe('it worked')
  })
})

describe('an encrypted server', () => {
  const trusting = (place: Partial<ConnectionPlace>, secret: ConnectionSecret): Target => ({
    place: {
      ...{ kind: 'postgresql', host: 'localhost', port: 0, tls: 'verified', authority: AUTHORITY },
      ...{ database: null, user: null, headerName: null, ...place },
    },
    ...{ secret, patience: { ms: 2_000, sortingMs: 2_000 }, allowedHosts: 'localhost,127.0.0.1' },
  })

  it('of PostgreSQL is believed by its name and by the authority of the connection alone', async () => {
    const server = await encryptedPostgres()
    try {
      const { port, database, user, password } = server
      const target = (place: Partial<ConnectionPlace> = {}) =>
        trusting({ port, database, user, ...place }, { password })
      expect(await textOf(target(), { schema: 'pg_catalog', name: 'pg_stat_ssl' })).toMatch(/,true,TLSv1\.3,/)
      expect(await whyOf(tryOutside(target({ authority: `${OTHER_AUTHORITY}\n${AUTHORITY}` })))).toBe('it worked')
      expect(await whyOf(tryOutside(target({ authority: OTHER_AUTHORITY })))).toBe('tls_untrusted')
      expect(await whyOf(tryOutside(target({ authority: null })))).toBe('tls_untrusted')
      expect(await whyOf(tryOutside(target({ host: '127.0.0.1' })))).toBe('tls_other_name')
      expect(await whyOf(tryOutside(target({ tls: 'unverified', authority: null })))).toBe('it worked')
    } finally {
      await server.close()
    }
  }, 60_000)

  it('of HTTP is too, and where it sends us to the authority of the connection says nothing', async () => {
    const other = kept(await secureWebServer((_, response) => response.end('canal,n\n')))
    const port = kept(
      await secureWebServer((request, response) => {
        if (request.url === '/otra') response.writeHead(302, { Location: `https://localhost:${other}/` })
        response.end('canal,n\n')
      }),
    )
    const target = (place: Partial<ConnectionPlace> = {}, path = '') =>
      trusting({ kind: 'http', port, ...place }, { url: `https://localhost:${port}/${path}`, headerValue: null })
    expect(await textOf(target())).toBe('canal,n\n')
    expect(await whyOf(textOf(target({ authority: OTHER_AUTHORITY })))).toBe('tls_untrusted')
    expect(await whyOf(textOf(target({ authority: null })))).toBe('tls_untrusted')
    expect(await whyOf(textOf(target({}, 'otra')))).toBe('tls_untrusted')
    const secret = { url: `https://127.0.0.1:${port}/`, headerValue: null }
    expect(await whyOf(textOf({ ...target(), secret }))).toBe('tls_other_name')
    expect(networkFailure({ code: 'CERT_HAS_EXPIRED' })?.code).toBe('tls_expired')
  })
})

describe('HTTP', () => {
  async function serving(answer: RequestListener, more: Partial<Target> = {}, header: string | null = null) {
    const port = kept(await webServer(answer))
    const place: ConnectionPlace = {
      ...{ kind: 'http', host: '127.0.0.1', port, tls: 'none', authority: null, database: null, user: null },
      headerName: header && 'X-Api-Key',
    }
    const secret: { url: string; headerValue: string | null } = {
      url: `http://127.0.0.1:${port}/datos.csv?clave=${CANARY}`,
      headerValue: header,
    }
    const target: Target = { place, secret, patience: QUICK, allowedHosts: '127.0.0.1', ...more }
    return { ...target, secret }
  }

  it('gives what the address answers, with the header where there is one, and unpacks what comes packed', async () => {
    const csv = 'canal,n\nweb,1\n'
    const asked: unknown[] = []
    const plain = await serving(
      (request, response) => {
        asked.push([request.url, request.headers['x-api-key']])
        response.end(csv)
      },
      {},
      'secreto',
    )
    expect(await textOf(plain)).toBe(csv)
    expect(asked).toEqual([[`/datos.csv?clave=${CANARY}`, 'secreto']])
    const packed = await serving((_, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(csv)),
    )
    expect(await textOf(packed)).toBe(csv)
  })

  it.each<[string, string, RequestListener]>([
    ['http_denied', 'says 401', (_, response) => response.writeHead(401).end()],
    ['http_missing', 'says 404', (_, response) => response.writeHead(404).end()],
    ['http_status', 'says 500', (_, response) => response.writeHead(500).end()],
    ['timed_out', 'never answers', () => undefined],
    ['stalled', 'stops in the middle', (_, response) => response.write('canal,n\n')],
    [
      'length_differs',
      'sends less than it said',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': 1000 }).write('canal,n\n')
        setTimeout(() => response.destroy(), 20)
      },
    ],
    [
      'length_differs',
      'sends more than it said',
      (_, response) => {
        response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ncanal,n\nweb,1\n')
      },
    ],
    [
      'unknown_encoding',
      'packs it in a way of its own',
      (_, response) => response.writeHead(200, { 'Content-Encoding': 'zstd2' }).end('x'),
    ],
    [
      'unknown_encoding',
      'packs it badly',
      (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no es gzip'),
    ],
    ['not_that_kind', 'speaks no HTTP', (_, response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n')],
    ['redirect_barred', 'redirects for ever', (_, response) => response.writeHead(302, { Location: '/otra' }).end()],
    [
      'redirect_barred',
      'redirects to a file',
      (_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
    ],
    [
      'address_barred',
      'redirects to a private address',
      (_, response) => response.writeHead(302, { Location: 'http://10.0.0.1/' }).end(),
    ],
    [
      'address_barred',
      'redirects to where clouds answer',
      (_, response) => response.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    ],
  ])('tells %s when it %s', async (code, _, answer) => {
    expect(await whyOf(textOf(await serving(answer)))).toBe(code)
  })

  it('takes the secret header to no other address', async () => {
    const seen: unknown[] = []
    const other = await serving((request, response) => {
      seen.push(request.headers['x-api-key'])
      response.end('a,b\n1,2\n')
    })
    const first = await serving(
      (_, response) => response.writeHead(302, { Location: other.secret.url }).end(),
      { allowedHosts: '127.0.0.1' },
      'secreto',
    )
    expect(await textOf(first)).toBe('a,b\n1,2\n')
    expect(seen).toEqual([undefined])
  })

  it('is refused inside the network and on this machine, however the address is written', async () => {
    const written = ['127.0.0.1', '2130706433', '0x7f.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0']
    for (const host of written) {
      const url = new URL(`http://${host}:9/`)
      const place = { kind: 'http', host: url.hostname, port: 9 } as const
      expect(await whyOf(permittedAddress(place, '', QUICK)), host).toBe('address_barred')
    }
    const barred = ['10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', 'fd00::1', 'fe80::1']
    expect(barred.filter((address) => !isBarred(address, 'http'))).toEqual([])
    expect(['8.8.8.8', '172.32.0.1', '2800:e2::1'].filter((address) => isBarred(address, 'http'))).toEqual([])
    // Databases stand inside the network; this machine and its metadata are barred all the same.
    expect(isBarred('10.1.2.3', 'postgresql')).toBe(false)
    expect(['127.0.0.1', '169.254.169.254', '::1'].every((address) => isBarred(address, 'mysql'))).toBe(true)
  })
})

describe('MySQL, by its own protocol', () => {
  /** Answers the questions of a reader as MySQL does, with one table of two records; `odd` answers them otherwise. */
  interface Odd {
    greeting?: { code: number }
    onRows?: (connection: Connection) => void
    hasKey?: false
  }
  async function speaking(odd: Odd = {}) {
    const asked: string[] = []
    const server = mysqlServer((connection: Connection) => {
      connection.on('error', () => undefined)
      connection.serverHandshake({
        ...{ protocolVersion: 10, serverVersion: '8.4.0', connectionId: 1, statusFlags: 2, characterSet: 45 },
        capabilityFlags: 0x00ff_f7ff & ~0x0800,
        authCallback: (_: unknown, done: (error: null, refusal?: object) => void) => {
          done(null, odd.greeting)
          // Packets are counted anew from each question on.
          Object.assign(connection, { sequenceId: 0 })
        },
      })
      const answer = (sql: string) => {
        if (/^set|^start/i.test(sql)) return connection.writeOk()
        if (/from `/.test(sql) && odd.onRows) return odd.onRows(connection)
        const [rows, names] = answerOf(sql, odd.hasKey ?? true)
        const named = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
        connection.writeTextResult(named, names.map(column))
      }
      const heard = (sql: string) => {
        asked.push(sql)
        Object.assign(connection, { sequenceId: 1 })
        answer(sql)
        Object.assign(connection, { sequenceId: 0 })
      }
      connection.on('stmt_prepare', heard).on('query', heard)
    })
    const { _server: tcp } = server as unknown as { _server: Parameters<typeof listening>[0] }
    const port = kept(await listening(tcp))
    const place: ConnectionPlace = {
      ...{
        kind: 'mysql',
        host: '127.0.0.1',
        port,
        tls: 'none',
        authority: null,
        database: 'registro',
        user: 'lectora',
        headerName: null,
      },
    }
    const target: Target = { place, secret: { password: CANARY }, allowedHosts: '127.0.0.1', patience: QUICK }
    return { target, asked }
  }

  const column = (name: string) => ({
    ...{ catalog: 'def', schema: '', table: '', orgTable: '', name, orgName: name, characterSet: 45 },
    ...{ columnLength: 400, columnType: 253, type: 253, flags: 0, decimals: 0 },
  })
  const COLUMNS = [
    ['id', 'int', 'int', '1'],
    ['nom`bre', 'varchar', 'varchar(80)', null],
    ['visto', 'datetime', 'datetime(6)', null],
    ['activo', 'tinyint', 'tinyint(1)', null],
    ['foto', 'longblob', 'longblob', null],
  ]
  const NAMES = ['name', 'type', 'declared', 'place']
  const RECORDS = [
    ['1', 'Ñandú "el",\nJosé', '2024-01-01 22:04:05', '1'],
    ['2', null, null, '0'],
  ]
  function answerOf(sql: string, hasKey: boolean): [unknown[][], string[]] {
    if (sql.includes('information_schema.tables')) return [[['registro', 'personas']], ['schema', 'name']]
    if (sql.includes('information_schema.columns'))
      return [
        sql.includes("'nada'") ? [] : COLUMNS.map((column) => (hasKey ? column : [...column.slice(0, 3), null])),
        NAMES,
      ]
    return [RECORDS, ['id', 'nombre', 'visto', 'activo']]
  }

  const table = { schema: 'registro', name: 'personas' }

  it('gives a table as CSV in the order of its key, in a transaction that only reads', async () => {
    const { target, asked } = await speaking()
    expect(await textOf(target, table)).toBe(
      'id,nom`bre,visto,activo\n1,"Ñandú ""el"",\nJosé",2024-01-01 22:04:05,1\n2,,,0\n',
    )
    expect(asked).toContain('start transaction with consistent snapshot, read only')
    expect(asked.at(-1)).toBe(
      "select `id`, `nom``bre`, date_format(`visto`, '%Y-%m-%d %H:%i:%s'), `activo` from `registro`.`personas` order by `id`",
    )
    const database = await openDatabaseOutside(target)
    expect((await database.columns(table)).map(({ type }) => type)).toEqual(['integer', 'text', 'date', 'boolean'])
    expect(await database.tables({ search: '', after: null, limit: 5 })).toEqual([table])
    await database.close()
  })

  it('asks for one order of the rows of a table without a key', async () => {
    const { target, asked } = await speaking({ hasKey: false })
    await textOf(target, table)
    expect(asked.at(-1)).toMatch(/ order by sha2\(concat_ws\(char\(0\), ifnull\(`id`, ''\), .*\), 256\)$/)
  })

  it.each([
    ['wrong_password', 1045],
    ['database_missing', 1049],
    ['not_let_in', 1130],
    ['tls_required', 3159],
  ])('says %s when it is refused with %i', async (code, number) => {
    const { target } = await speaking({ greeting: { code: number } })
    expect(await whyOf(tryOutside(target))).toBe(code)
  })

  it('says why not', async () => {
    const { target } = await speaking()
    expect(await whyOf(tryOutside(target))).toBe('it worked')
    expect(await whyOf(textOf(target, { schema: 'registro', name: 'nada' }))).toBe('table_missing')
    const encrypted = { ...target, place: { ...target.place, tls: 'verified' as const } }
    expect(await whyOf(tryOutside(encrypted))).toBe('tls_absent')
    const silent = await speaking({ onRows: () => undefined })
    expect(await whyOf(textOf(silent.target, table))).toBe('stalled')
    const cut = await speaking({ onRows: (connection) => connection.destroy() })
    expect(await whyOf(textOf(cut.target, table))).toBe('lost')
    const other = { ...target, place: { ...target.place, port: kept(await webServer(() => undefined)) } }
    expect(await whyOf(tryOutside(other))).toBe('timed_out')
  })
})
