/** No room left to write, whoever says it: the system, or the engine in its own words. */
export const isDiskFull = (failure: unknown): boolean =>
  failure instanceof Error &&
  /ENOSPC|EDQUOT|no space left/i.test(`${'code' in failure ? failure.code : ''} ${failure.message}`)
