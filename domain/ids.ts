const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a text can be the id of something, as PostgreSQL writes it. */
export function isId(value: string | null | undefined): value is string {
  return typeof value === 'string' && UUID.test(value)
}
