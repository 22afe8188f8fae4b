/** Devices in words, from what a browser says of itself; nobody is told more than this of a session. */

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

export interface Device {
  /** Null where it says nothing that is known. */
  browser: string | null
  system: string | null
}

export function deviceOf(userAgent: string | null): Device {
  const named = (among: [RegExp, string][]) => among.find(([mark]) => mark.test(userAgent ?? ''))?.[1] ?? null
  return { browser: named(BROWSERS), system: named(SYSTEMS) }
}
