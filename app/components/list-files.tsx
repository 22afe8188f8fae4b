import { useParams, useSearchParams } from '@remix-run/react'
import { LIST_FORMATS, type ListCode } from '../../domain/lists.ts'
import { FORMAT_ADDRESSES, LIST_ADDRESSES, listFilesText as words } from '../text/lists.ts'
import { HISTORY_CURSOR } from '../text/timeline.ts'

/**
 * The list of this page as a file, under the filters of its address and all its pages (experience 58). `of`: what the list
 * belongs to, where its page has it in the path.
 */
export function ListFiles({ list, of = {} }: { list: ListCode; of?: Record<string, string> }) {
  const [search] = useSearchParams()
  const { ejercicio } = useParams()
  const asked = new URLSearchParams(search)
  asked.delete('desde')
  asked.delete(HISTORY_CURSOR)
  if (ejercicio) asked.set('ejercicio', ejercicio)
  for (const [name, value] of Object.entries(of)) asked.set(name, value)
  const query = asked.size > 0 ? `?${asked}` : ''
  return (
    <details className="list-files no-print">
      <summary>{words.open}</summary>
      <p className="quiet">{words.intro}</p>
      <ul className="links">
        {LIST_FORMATS.map((format) => (
          <li key={format}>
            <a
              href={`/listados/${LIST_ADDRESSES[list]}/${FORMAT_ADDRESSES[format]}${query}`}
              aria-label={words.download(list, format)}
              download
            >
              {words.format(format)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
