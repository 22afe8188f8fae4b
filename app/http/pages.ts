import type { ServerBuild } from '@remix-run/node'
import type { Request, RequestHandler } from 'express'

type Routes = ServerBuild['routes']

/**
 * Answers with the pages that can stand at an address: the router compares every address with each route it was given,
 * several times for each page, which took a third of the processor while it was given all of them.
 */
export function answersPages(pages: ServerBuild, answering: (pages: ServerBuild) => RequestHandler): RequestHandler {
  const words = new Set(Object.keys(pages.routes).map((id) => firstWord(pages.routes, id)))
  const handlers = new Map<string, RequestHandler>()
  const all = answering(pages)
  const handlerOf = (word: string) => {
    const known = handlers.get(word) ?? answering(under(pages, word))
    handlers.set(word, known)
    return known
  }
  return (request, response, next) => {
    const asked = askedWord(request)
    // Of a word that begins no address only what stands anywhere can answer.
    const handler = asked === null ? all : handlerOf(words.has(asked) ? asked : '')
    return handler(request, response, next)
  }
}

/** The build with the routes that can answer below `word`: its own, and those that begin with anything or with nothing. */
export function under(pages: ServerBuild, word: string): ServerBuild {
  const isAsked = (id: string) => ['', word].includes(firstWord(pages.routes, id))
  const kept = <T>(routes: Record<string, T>) =>
    Object.fromEntries(Object.entries(routes).filter(([id]) => isAsked(id)))
  return { ...pages, routes: kept(pages.routes), assets: { ...pages.assets, routes: kept(pages.assets.routes) } }
}

/** With which word every address of the route begins, in small letters; empty where it may be any or there is none. */
function firstWord(routes: Routes, id: string): string {
  const route = routes[id]
  const above = route?.parentId === undefined ? '' : firstWord(routes, route.parentId)
  const [own = ''] = (route?.path ?? '').replace(/^\//, '').split('/')
  return above || (/^[:*]|\?$/.test(own) ? '' : own.toLowerCase())
}

/** The first word of the address as the router will read it; null where any page may be meant. */
function askedWord(request: Request): string | null {
  try {
    const { pathname } = new URL(`http://localhost${request.originalUrl}`)
    const word = decodeURIComponent(pathname).split('/')[1] ?? ''
    // With it a browser asks where the links of a page lead, which may be anywhere.
    if (word === '__manifest' || decodeURIComponent(pathname.split('/')[1] ?? '') !== word) return null
    return word.replace(/\.data$/, '').toLowerCase()
  } catch {
    return null
  }
}
