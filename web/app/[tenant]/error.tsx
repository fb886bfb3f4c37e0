'use client'

// Within the side bar: the rest of the app stays at hand.
export { default } from '../error'
