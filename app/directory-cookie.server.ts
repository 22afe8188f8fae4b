import type { AppContext } from './context.server.ts'

/** Binds a visit to the directory to the browser that began it: a callback brought from elsewhere signs nobody in. */
const VISIT_COOKIE = 'caracteriza_directorio'
const VISIT_SECONDS = 600

export const visitCookie = (context: AppContext, state: string): string => cookieFor(context, state, VISIT_SECONDS)

/** Takes it out of the browser. */
export const endedVisitCookie = (context: AppContext): string => cookieFor(context, '', 0)

/** Whether this browser began the visit of that state. */
export function isVisitOf(request: Request, context: AppContext, state: string): boolean {
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((one) => one.trim())
  return cookies.includes(`${cookieName(context)}=${state}`)
}

function cookieFor(context: AppContext, state: string, seconds: number): string {
  const secure = isSecure(context) ? '; Secure' : ''
  return `${cookieName(context)}=${state}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`
}

const cookieName = (context: AppContext): string => (isSecure(context) ? `__Host-${VISIT_COOKIE}` : VISIT_COOKIE)
const isSecure = ({ config }: AppContext): boolean => config.PUBLIC_URL.startsWith('https://')
