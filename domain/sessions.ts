/** What a session lasts with nobody at it; ten hours in all (app/session.server.ts). */
export const IDLE_MS = 30 * 60_000
