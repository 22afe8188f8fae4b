/** Where somebody goes back to after signing in: never off this site. */

/** Nowhere: only the path of an address that stays here is used. */
const HERE = 'http://aqui.invalid'

/**
 * Only paths of our own site: a return address never leaves it. Read as a browser reads it, which drops tabs and line
 * breaks and takes a backslash for a slash; what goes back is the address as read.
 */
export function safeReturn(path: string | null | undefined, otherwise = '/inicio'): string {
  if (!path?.startsWith('/') || !URL.canParse(path, HERE)) return otherwise
  const { origin, pathname, search, hash } = new URL(path, HERE)
  return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : otherwise
}

/** The sign-in page, which leads back to the page asked for. */
export function signInAddress(request: Request): string {
  const path = returnPath(request)
  return path === '/inicio' ? '/ingresar' : `/ingresar?volver=${encodeURIComponent(path)}`
}

/** Where to come back to: the page asked for, or the page a form was on. */
function returnPath(request: Request): string {
  const referer = request.headers.get('referer') ?? ''
  const url = new URL(request.method !== 'GET' && URL.canParse(referer) ? referer : request.url)
  return url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + url.search.replace(/[?&]_routes=[^&]*/, '')
}

/** Where the second factor is asked for, on the way back to `returnTo`. */
export function codeAddress(returnTo: string): string {
  return `/ingresar/codigo?${new URLSearchParams({ volver: returnTo })}`
}
