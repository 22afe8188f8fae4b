/** Which rules and which code a figure came from: with the hash of its source they pin it for ever (F4). */

export interface AnalysisVersion {
  /** Rules that decide what is hidden; raised whenever the same counts would be shown otherwise. */
  rules: number
  /** Code that counts and orders; raised whenever the same source would give another table. */
  code: number
}

export const ANALYSIS_VERSION: AnalysisVersion = { rules: 1, code: 1 }
