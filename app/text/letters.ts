/** First letters: the same words begin a sentence in one place and stand within one in another. */

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
export const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
