/** Words of a section as they will be read; `html` is made by documents/rich-html.ts. */
export function WrittenWords({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by documents/rich-html.ts, every text escaped
  return <div className="rich card" dangerouslySetInnerHTML={{ __html: html }} />
}
