'use client'

import dynamic from 'next/dynamic'
import { EditorLoading } from './EditorLoading'

/** The editor of a flow's text. Its code is loaded when first shown. */
export const YamlEditor = dynamic(() => import('./MonacoEditor'), { ssr: false, loading: EditorLoading })
