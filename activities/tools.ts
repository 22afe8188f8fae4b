import type { Database } from '../db/client.ts'
import type { ProtectionLimits } from '../db/protection-thread.ts'

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
  /** Time that figures are judged for before they go out, each try anew; half a minute where it is not said. */
  judging?: ProtectionLimits
}
