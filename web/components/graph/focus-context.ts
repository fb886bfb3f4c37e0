import { createContext, type RefObject } from 'react'

/** Key of the node that is to take the keyboard's focus once it is drawn. */
export const FocusContext = createContext<RefObject<string | undefined>>({ current: undefined })

/** Whether a node is the one that Tab leads to: so are its buttons then. */
export const TabStopContext = createContext(false)
