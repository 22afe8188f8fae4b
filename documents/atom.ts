/** An Atom feed (RFC 4287) of what was published, corrected and withdrawn, for subscribers. */

export interface FeedEntry {
  /** Never changes for one version, whatever becomes of it. */
  id: string
  title: string
  author: string
  summary: string
  link: string
  state: string
  publishedAt: Date
  updatedAt: Date
}

export interface Feed {
  id: string
  title: string
  subtitle: string
  self: string
  page: string
  entries: FeedEntry[]
}

export function toAtom({ id, title, subtitle, self, page, entries }: Feed): string {
  const updated = entries[0]?.updatedAt ?? new Date(0)
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es">
<id>${xml(id)}</id>
<title>${xml(title)}</title>
<subtitle>${xml(subtitle)}</subtitle>
<updated>${updated.toISOString()}</updated>
<link rel="self" type="application/atom+xml" href="${xml(self)}"/>
<link rel="alternate" type="text/html" href="${xml(page)}"/>
${entries.map(entry).join('')}</feed>
`
}

function entry({ id, title, author, summary, link, state, publishedAt, updatedAt }: FeedEntry): string {
  return `<entry>
<id>urn:uuid:${xml(id)}</id>
<title>${xml(title)}</title>
<author><name>${xml(author)}</name></author>
<category term="${xml(state)}"/>
<published>${publishedAt.toISOString()}</published>
<updated>${updatedAt.toISOString()}</updated>
<link rel="alternate" type="text/html" href="${xml(link)}"/>
<summary>${xml(summary)}</summary>
</entry>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Control characters that XML 1.0 cannot carry are left out. */
function xml(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
