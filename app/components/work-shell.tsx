import type { ReactNode } from 'react'
import { Footer } from './public-shell.tsx'
import { SessionNotice } from './session-notice.tsx'
import { type MenuItem, SideMenu } from './side-menu.tsx'
import { TopBar, type TopBarProps } from './top-bar.tsx'
import { TypedAgain } from './typed-again.tsx'

export interface WorkShellProps {
  /** Whose it is: what they typed is given back to nobody else. */
  account: string
  bar: TopBarProps
  menu: MenuItem[]
  /** When the session ends whatever happens. */
  sessionEndsAt: Date
}

/** Frame of every page behind sign-in. */
export function WorkShell({ account, bar, menu, sessionEndsAt, children }: WorkShellProps & { children: ReactNode }) {
  return (
    <div className="page">
      <TopBar {...bar} />
      <div className="work">
        <SideMenu items={menu} />
        <main id="contenido" className="content" tabIndex={-1}>
          <TypedAgain account={account} />
          {children}
        </main>
      </div>
      <SessionNotice endsAt={sessionEndsAt} />
      <Footer />
    </div>
  )
}
