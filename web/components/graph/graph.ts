/** A graph to draw: of a flow's tasks, of flows that start each other, of files and who made them. */
export type GraphNode = {
  key: string
  /** Drawn by the plain look, and read out. */
  label: string
  /** The second line of the plain look. */
  detail?: string
  /** Key of the group that holds it. Groups stand before what they hold. */
  parent?: string
  /** Of what holds no others, in pixels at zoom 1; the least of a group. */
  width: number
  height: number
  group?: GraphGroup
  /** Arrow keys pass it by: a frame, a place for something. */
  isAside?: boolean
  /** Lines can be drawn from it, and to it. */
  isConnectable?: boolean
}

export type GraphGroup = {
  /** Height of what the group shows above its nodes. */
  header: number
  /** `layers`: by the edges between its nodes. `row`: side by side, across the direction. `tiles`: filled row by row. */
  arrange: 'layers' | 'row' | 'tiles'
}

export type GraphEdge = {
  key: string
  from: string
  to: string
  label?: string
  look?: 'solid' | 'dashed' | 'dotted'
  /** Drawn straight over the layout, which knows nothing of it; so it may cross the borders of groups. */
  isLoose?: boolean
  /** Has a say in the layout, and isn't drawn. */
  isHidden?: boolean
  /** May be selected by a click, as a node may. */
  isSelectable?: boolean
}

/** `DOWN`: what follows stands below. */
export type Direction = 'DOWN' | 'RIGHT'

export type Point = { x: number; y: number }
export type Box = Point & { width: number; height: number }

/** Where everything stands, all in the same coordinates. */
export type Layout = {
  boxes: ReadonlyMap<string, Box>
  /** From the border of one node to that of another; edges that are loose or hidden have none. */
  routes: ReadonlyMap<string, Point[]>
}

export type GraphShape = { nodes: readonly GraphNode[]; edges: readonly GraphEdge[]; direction: Direction }
