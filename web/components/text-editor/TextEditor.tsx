'use client'

import dynamic from 'next/dynamic'
import { EditorLoading } from '#ui/flow-editor/EditorLoading'

/** An editor for the text of any file. Its code is loaded when first shown. */
export const TextEditor = dynamic(() => import('./MonacoText'), { ssr: false, loading: EditorLoading })
