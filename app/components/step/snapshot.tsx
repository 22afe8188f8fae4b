/** A frozen version exactly as it was rendered when it was submitted: stored HTML made by `documents/snapshot.ts`, every text escaped there. */
export function Snapshot({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the stored evidence itself, escaped where it was made
  return <div className="snapshot card" dangerouslySetInnerHTML={{ __html: html }} />
}
