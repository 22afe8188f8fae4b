/** The routes of the web application as it was built: what a test goes over, so that no page is forgotten. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/web-build.ts'

export interface BuiltRoute {
  id: string
  /** Whole address with its parameters, for example `/ejercicios/:ejercicio`; null for a frame without an address. */
  path: string | null
  hasAction: boolean
}

export interface ManifestRoute {
  id: string
  parentId?: string
  path?: string
  index?: boolean
  hasAction: boolean
}

/** The routes by their ids, read from the manifest of the build in `build/`. */
export function builtManifest(): Record<string, ManifestRoute> {
  const assets = join(root, 'build', 'client', 'assets')
  const file = readdirSync(assets).find((name) => /^manifest-.*\.js$/.test(name))
  if (!file) throw new Error('the pages are not built')
  const text = readFileSync(join(assets, file), 'utf8')
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)).routes
}

/** A frame has no address of its own. */
export function builtRoutes(): BuiltRoute[] {
  const routes = builtManifest()
  return Object.values(routes).map((route) => ({
    id: route.id,
    path: addressOf(route, routes),
    hasAction: route.hasAction,
  }))
}

function addressOf(route: ManifestRoute, routes: Record<string, ManifestRoute>): string | null {
  if (!route.path) return null
  const parent = route.parentId ? routes[route.parentId] : undefined
  const above = parent?.path ? addressOf(parent, routes) : ''
  return `${above ?? ''}/${route.path}`.replaceAll(/\/+/g, '/')
}

/** The address with each `:name` (and `*`) replaced; a parameter without a value is an error of the test. */
export function addressWith(path: string, params: Record<string, string>): string {
  return path
    .split('/')
    .map((part) => {
      if (part !== '*' && !part.startsWith(':')) return part
      const value = params[part === '*' ? '*' : part.slice(1)]
      if (value === undefined) throw new Error(`no value for ${part} of ${path}`)
      return encodeURIComponent(value)
    })
    .join('/')
}

/** Where the browser asks for the data of a page alone: the same decisions, without the drawing of the page. */
export function dataAddress(address: string): string {
  const [path = '', query] = address.split('?')
  return `${path === '/' ? '/_root' : path}.data${query === undefined ? '' : `?${query}`}`
}
