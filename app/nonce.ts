import { createContext, useContext } from 'react'

const NonceContext = createContext('')

export const NonceProvider = NonceContext.Provider

/** Nonce of this response's content security policy; empty in the browser, where scripts already run. */
export function useNonce(): string {
  return useContext(NonceContext)
}
