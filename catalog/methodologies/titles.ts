/** What a version of a methodology is called, on screen and in the files that come back: the entity's own say their number. */
export const versionTitle = (name: string, n: number): string => (n === 0 ? name : `${name} (versión propia ${n})`)
