/** Each address is given to the routes that may stand there, and none that would have answered is left out. */
import type { ServerBuild } from '@remix-run/node'
import { matchRoutes } from '@remix-run/react'
import type { Request, Response } from 'express'
import { describe, expect, it } from 'vitest'
import { answersPages } from '../../app/http/pages.ts'
import { addressWith, builtManifest, builtRoutes, dataAddress, type ManifestRoute } from '../support/build-routes.ts'

const all = builtManifest()
const build = { routes: all, assets: { routes: all } } as unknown as ServerBuild

interface Branch {
  id: string
  path?: string
  index?: boolean
  children?: Branch[]
}

/** As Remix hands them to its router. */
function tree(routes: ManifestRoute[], parentId?: string): Branch[] {
  return routes
    .filter((route) => route.parentId === parentId)
    .map(({ id, path, index }) => (index ? { id, path, index } : { id, path, children: tree(routes, id) }))
}

const everything = tree(Object.values(all))
let given = { ids: [] as string[], branches: [] as Branch[] }
const answer = answersPages(build, ({ routes }) => {
  const ids = Object.keys(routes)
  const branches = tree(ids.flatMap((id) => all[id] ?? []))
  return () => {
    given = { ids, branches }
  }
})

function givenTo(address: string): typeof given {
  answer({ originalUrl: address } as Request, {} as Response, () => {})
  return given
}

function answering(branches: Branch[], address: string): string | undefined {
  const { pathname } = new URL(`http://localhost${address}`)
  const path = pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/')
  return matchRoutes(branches as Parameters<typeof matchRoutes>[0], path)
    ?.map(({ route }) => route.id)
    .join()
}

/** The address as a browser writes it, and as nobody but an attacker does. */
function waysToWrite(address: string): string[] {
  const coded = address.replace(/^\/([a-z])/, (_, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`)
  const above = address.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/') || '/')
  return [address, dataAddress(address), address.toUpperCase(), coded, `${address}/`, `/x/..${address}?a=b`, ...above]
}

const addresses = builtRoutes().flatMap(({ path }) => {
  if (path === null) return []
  const names = path.split('/').filter((part) => part.startsWith(':') || part === '*')
  return [addressWith(path, Object.fromEntries(names.map((name) => [name.replace(':', ''), 'x1'])))]
})

const ODD = [
  '//ejercicios',
  '/ejercicios%2F1',
  '/%',
  '/%e0%a4/ejercicios',
  '/no-existe/de-nada',
  '/.data',
  '/_root.data',
]

describe('an address', () => {
  it('is answered by the routes that answer it among all', () => {
    const asked = [...new Set(addresses.flatMap(waysToWrite)), ...ODD]
    const wrong = asked.filter(
      (address) => answering(givenTo(address).branches, address) !== answering(everything, address),
    )
    expect(asked.length).toBeGreaterThan(800)
    expect(wrong).toEqual([])
  })

  it('is compared with the few that begin like it', () => {
    const counts = addresses.map((address) => givenTo(address).ids.length)
    expect(Math.max(...counts)).toBeLessThan(Object.keys(all).length / 3)
    expect(givenTo('/no-existe').ids.length).toBeLessThan(10)
  })

  it('by which a browser asks where links lead knows all of them', () => {
    expect(givenTo('/__manifest?p=/riesgos&version=1').ids).toEqual(Object.keys(all))
  })
})
