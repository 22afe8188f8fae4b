/** A route's page as a browser without script gets it, made by Remix itself. */
import { createRequestHandler, type EntryContext, type ServerBuild } from '@remix-run/node'
import { Outlet, RemixServer } from '@remix-run/react'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import type { AppContext } from '../../app/context.server.ts'

type RouteModule = NonNullable<ServerBuild['routes'][string]>['module']
/** The texts of the head, which depend on what its loader reads, are none of the page. */
type PageModule = Omit<RouteModule, 'meta'> & { meta?: unknown }

/** `path` is the route's, without the slash before it. The page is alone: without frame, texts of the head and styles. */
export function pageOf(module: PageModule, path: string): (request: Request, on: AppContext) => Promise<Response> {
  const ids = { root: { id: 'root', path: '' }, page: { id: 'page', parentId: 'root', path } }
  const has = {
    ...{ hasAction: true, hasLoader: true, hasClientAction: false, hasClientLoader: false },
    ...{ hasErrorBoundary: false, module: '' },
  }
  const handle = createRequestHandler({
    routes: {
      root: { ...ids.root, module: { default: () => createElement(Outlet) } },
      page: { ...ids.page, module: module as RouteModule },
    },
    entry: { module: { default: render } },
    assets: {
      entry: { imports: [], module: '' },
      routes: { root: { ...ids.root, ...has, hasLoader: false, hasAction: false }, page: { ...ids.page, ...has } },
      ...{ url: '', version: '' },
    },
    ...{ publicPath: '/', assetsBuildDirectory: '', isSpaMode: false, mode: 'production' },
    future: {
      ...{ v3_fetcherPersist: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
      ...{ v3_routeConfig: true, v3_singleFetch: true, v3_lazyRouteDiscovery: true, unstable_optimizeDeps: false },
    },
  })
  return (request, on) => handle(request, { ...on })
}

async function render(request: Request, status: number, headers: Headers, context: EntryContext): Promise<Response> {
  return new Response(renderToString(createElement(RemixServer, { context, url: request.url })), { status, headers })
}
