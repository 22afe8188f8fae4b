interface Props {
  /** SHA-256 of the entity's own shield; without one a neutral mark stands in. */
  hash?: string | null
}

/** The entity's shield. Decorative: the name stands beside it. */
export function Shield({ hash }: Props) {
  if (hash) return <img className="shield" src={`/escudo/${hash}`} alt="" width={32} height={32} />
  return (
    <svg className="shield" viewBox="0 0 32 36" width={28} height={32} aria-hidden="true" focusable="false">
      <path d="M2 2h28v16c0 8-6 13-14 16C8 31 2 26 2 18z" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <path d="M9 22v-6m7 8V10m7 12v-4" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  )
}
