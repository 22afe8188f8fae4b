import type { LoaderFunctionArgs } from '@remix-run/node'
import { notFound } from '../../answer.server.ts'

/** Every address without a page of its own, read or written to. */
export function loader({ context }: LoaderFunctionArgs): never {
  throw notFound(context.requestId)
}

export const action = loader

export default function NotFound() {
  return null
}
