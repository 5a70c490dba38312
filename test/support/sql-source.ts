/** A department's database under test, real: with a table, an account that may only read and one that may write. */
import { join } from 'node:path'
import createConnector from '../../connectors/sql/index.ts'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import { createContext } from '../../src/adapters/connectors/context.ts'
import type { Connector } from '../../src/connector/index.ts'
import { createTestDatabase } from './database.ts'
import { startMariadb } from './mariadb.ts'
import { quietLogger } from './quiet-logger.ts'

export interface SqlSource {
  readonly server: string
  readonly database: string
  readonly reader: string
  readonly writer: string
  readonly password: string
  /** PEM, of a server that has TLS. */
  readonly authority?: string
  /** As its administrator. */
  sql(text: string): Promise<unknown>
  /** A transaction that stays open. */
  begin(text: string): Promise<{ commit(): Promise<void> }>
  close(): Promise<void>
}

const password = 'not-a-real-secret'

export async function openPostgresSource(): Promise<SqlSource> {
  const made = await createTestDatabase({ empty: true })
  const { default: pg } = await import('pg')
  const open = async () => {
    const client = new pg.Client({ connectionString: made.adminUrl })
    await client.connect()
    return client
  }
  const admin = await open()
  const { port, pathname } = new URL(made.adminUrl)
  const database = pathname.slice(1)
  const [reader, writer] = [`doc_${database}`, `ghi_${database}`]
  await admin.query(`
    create role ${reader} login password '${password}';
    create role ${writer} login password '${password}';
    create table cau_hoi (
      ma text primary key, ten text, noi_dung text, so bigint, le numeric, khi timestamptz,
      ngay date, du_lieu bytea, cap_nhat timestamp not null
    );
    create index on cau_hoi (cap_nhat, ma);
    create function ghi() returns text language sql as
      $$insert into cau_hoi (ma, cap_nhat) values (gen_random_uuid(), now()) returning ma$$;
    grant select on cau_hoi to ${reader};
    grant select, insert on cau_hoi to ${writer};
  `)
  return {
    ...{ server: `postgresql://127.0.0.1:${port}`, database, reader, writer, password },
    sql: (text) => admin.query(text),
    async begin(text) {
      const client = await open()
      await client.query(`begin; ${text}`)
      return {
        async commit() {
          await client.query('commit')
          await client.end()
        },
      }
    },
    async close() {
      await admin.query(`drop owned by ${reader}, ${writer}; drop role ${reader}, ${writer}`)
      await admin.end()
      await made.close()
    },
  }
}

export async function openMariadbSource(): Promise<SqlSource> {
  const server = await startMariadb()
  const { createConnection } = await import('mysql2/promise')
  const open = () =>
    createConnection({
      ...{ host: '127.0.0.1', port: server.port, user: 'root', database: 'nguon' },
      ...{ multipleStatements: true, charset: 'utf8mb4' },
    })
  await server.administer(`
    create database nguon character set utf8mb4;
    create user doc@'127.0.0.1' identified by '${password}';
    create user ghi@'127.0.0.1' identified by '${password}';
    create table nguon.cau_hoi (
      ma varchar(50) collate utf8mb4_bin primary key, ten text, noi_dung text, so bigint,
      le decimal(40, 20), khi timestamp null, ngay date, du_lieu blob, cap_nhat datetime(6) not null,
      index (cap_nhat, ma)
    );
    create function nguon.ghi() returns varchar(50) modifies sql data begin
      insert into cau_hoi (ma, cap_nhat) values (uuid(), now()); return 'x'; end;
    grant select on nguon.* to doc@'127.0.0.1';
    grant select, insert, execute on nguon.* to ghi@'127.0.0.1';
  `)
  const admin = await open()
  await admin.query("set sql_mode = '', time_zone = '+07:00'")
  return {
    ...{ server: `mysql://127.0.0.1:${server.port}`, database: 'nguon', password },
    ...{ reader: 'doc', writer: 'ghi', authority: server.authority },
    sql: (text) => admin.query(text),
    async begin(text) {
      const client = await open()
      await client.query(`begin; ${text}`)
      return {
        async commit() {
          await client.query('commit')
          await client.end()
        },
      }
    },
    async close() {
      await admin.end()
      await server.close()
    },
  }
}

const registry = createSchemaRegistry([join(import.meta.dirname, '../../schemas')])

/** The connector alone, without a hub. */
export const connectSql = (
  options: Readonly<Record<string, unknown>>,
  timeoutMs = 10_000,
  now = (): Date => new Date(),
): Connector =>
  createConnector(
    createContext({
      ...{ system: 'nguon', province: 'H99', publicUrl: 'https://hub.example.test', options },
      http: { request: () => Promise.reject(new Error('no HTTP here')) },
      ...{ timeoutMs, clock: { now }, log: quietLogger },
      ...{ codes: { toRemote: () => '', toCanonical: () => '' }, validate: registry.validate },
      ...{ seal: (text: string) => text, open: (text: string) => text },
    }),
  )

export const optionsFor = ({ server, database, reader, password }: SqlSource) => ({
  ...{ server, encryption: 'none', database, user: reader, password },
})
