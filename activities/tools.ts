import type { Database } from '../db/client.ts'

/** What activities need from the process that runs them. */
export interface Tools {
  database: Database
  dataDir: string
  secret: string
  publicUrl: string
  /** Where this process reaches the web, where not by `publicUrl`. */
  webUrl?: string
  /** Without it outgoing mail is kept and read under "Correo saliente". */
  smtpUrl?: string
  mailFrom: string
  /** `CONNECTION_HOSTS` of the installation; without it no address is an exception. */
  connectionHosts?: string
}
