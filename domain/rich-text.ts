/** Rich text of a report: the document, what it says, and the one way in which it is kept. */
export * from './rich-text/canonical.ts'
export * from './rich-text/document.ts'
export * from './rich-text/words.ts'
