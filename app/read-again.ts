import type { ShouldRevalidateFunction } from '@remix-run/react'

/**
 * Somebody was faster (409): the page shows how things stand now, so that the person can decide on that. Left to
 * itself Remix reads a page again only after a yes (`v3_singleFetch`).
 */
export const readAgainAfterNo: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate
